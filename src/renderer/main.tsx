import '@mantine/core/styles.css';
import './global.css';
import './forced-colors.css';
import './stage-colors.css';
import { MantineProvider } from '@mantine/core';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { speak } from '../languages/translate.ts';
import { SpokenApp } from './SpokenApp.tsx';
import { theme } from './theme.ts';

/** This answer's nonce, without which the content security policy refuses the styles that Mantine inserts. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');

// Main has answered with a page in the language that it is to be drawn in.
speak(document.documentElement.lang);

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <SpokenApp />
    </MantineProvider>
  </StrictMode>,
);
