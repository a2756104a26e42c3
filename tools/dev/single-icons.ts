/**
 * The page's icons one by one: the package's entry has all six thousand, which takes a browser with a debugger seconds
 * to load. A build leaves out what is not used by itself.
 */
export const singleIcons = {
  name: 'shoal:single-icons',
  enforce: 'pre' as const,
  config: () => ({ optimizeDeps: { exclude: ['@tabler/icons-react'] } }),
  transform(code: string): string {
    return code.replace(/^import \{([^}]+)\} from '@tabler\/icons-react';$/gm, (_all, names: string) =>
      names
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== '')
        .map((name) => `import ${name} from '@tabler/icons-react/dist/esm/icons/${name}.mjs';`)
        .join(' '),
    );
  },
};
