/** The name that systems know the app by: in desktop files, bundles, registries and taskbars. */
export const appId = 'io.github.shoal_placeholder.shoal';
