import { useEffect } from 'react';
import { EmptyScreen } from './features/empty/EmptyScreen.tsx';
import { listen, request } from './lib/api.ts';
import { useDrops } from './lib/use-drops.ts';
import { given } from './stores/inputs.ts';

export function App() {
  useDrops(given);
  useEffect(() => {
    const stop = listen('inputs:opened', given);
    void request('inputs:take-opened').then(given);
    return stop;
  }, []);
  return <EmptyScreen />;
}
