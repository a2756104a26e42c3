import { ActionIcon, Button, createTheme, Kbd, type MantineColorsTuple, Tooltip } from '@mantine/core';

/** The only accent colour. White on shade 7 has a contrast of 5.4 in both schemes. */
const sea: MantineColorsTuple = [
  '#e7f6f9',
  '#cfe9ef',
  '#a3d5e0',
  '#74c2d2',
  '#4fb3c8',
  '#2f9fb8',
  '#1b8aa3',
  '#0c7489',
  '#0a5f71',
  '#084b59',
];

/** Mantine's greys for the dark scheme, with the same tint of blue as the surfaces in global.css. */
const dark: MantineColorsTuple = [
  '#e6ebef',
  '#c3cdd5',
  '#9caab6',
  '#6f7d89',
  '#414b55',
  '#2d353d',
  '#20262c',
  '#15191d',
  '#101417',
  '#0b0e11',
];

/** The system's own font under its name on each system, so that the window looks like its neighbours. */
const system =
  "-apple-system, BlinkMacSystemFont, 'Segoe UI Variable Text', 'Segoe UI', 'Adwaita Sans', Inter, Cantarell, Ubuntu, 'Noto Sans', system-ui, sans-serif";

export const theme = createTheme({
  primaryColor: 'sea',
  primaryShade: 7,
  colors: { sea, dark },
  fontFamily: system,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  // The scale stands in global.css, where the components' own styles have it too.
  fontSizes: {
    xs: 'var(--text-small)',
    sm: 'var(--text-body)',
    md: 'var(--text-body)',
    lg: 'var(--text-title)',
    xl: 'var(--text-headline)',
  },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.4', xl: '1.3' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: 'var(--text-headline)', lineHeight: '1.3' },
      h2: { fontSize: 'var(--text-title)', lineHeight: '1.4' },
      h3: { fontSize: 'var(--text-small)', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 'md' } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, withinPortal: false, fz: 'sm' } }),
    Kbd: Kbd.extend({ defaultProps: { size: 'xs' } }),
  },
});
