import { useEffect, useLayoutEffect, useState } from 'react';
import { language, speak } from '../languages/translate.ts';
import { App } from './App.tsx';
import { connectToMain } from './actions/connect.ts';
import { appStore, chosenLanguage } from './stores/app.ts';
import { useStore } from './stores/use-store.ts';

/** The app in the language that is chosen. Another one draws all of it anew; what the stores hold stays. */
export function SpokenApp() {
  // Here and not in what is drawn anew: that would take over main's settings before the new language is among them.
  useEffect(connectToMain, []);
  const chosen = useStore(appStore, chosenLanguage);
  const [spoken, setSpoken] = useState(language);
  useLayoutEffect(() => {
    if (chosen === undefined) return;
    speak(chosen);
    document.documentElement.lang = chosen;
    setSpoken(chosen);
  }, [chosen]);
  return <App key={spoken} />;
}
