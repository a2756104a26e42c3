import type { Configuration } from 'electron-builder';
import { linuxOptions, macDocuments, systemPackage } from './desktop-options.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: electron-builder fills them in.
const nameOnMac = '${productName}-${version}-${arch}.${ext}';
const nameOfSetup = '${productName}-${version}-${arch}-setup.${ext}';
const nameOfPortable = '${productName}-${version}-${arch}-portable.${ext}';
const nameOfAppImage = '${productName}-${version}-${arch}.${ext}';
const nameOfPackage = '${name}-${version}-${arch}.${ext}';
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: as above

/** What electron-builder takes if nothing is said, and what Electron is linked with besides, by the names of Fedora and of openSUSE. */
const rpmDepends = [
  'gtk3',
  'libnotify',
  'nss',
  'libXScrnSaver',
  '(libXtst or libXtst6)',
  'xdg-utils',
  'at-spi2-core',
  '(libuuid or libuuid1)',
  '(mesa-libgbm or libgbm1)',
  '(alsa-lib or libasound2)',
];

/** AppImage, rpm and Flatpak. The deb is our own: tools/dist/deb.ts. */
export function forLinux(): Configuration {
  return {
    linux: linuxOptions() ?? null,
    // Its runtime needs no FUSE 2, which distributions no longer install.
    toolsets: { appimage: '1.0.3' },
    appImage: { artifactName: nameOfAppImage },
    rpm: { ...systemPackage, depends: rpmDepends, artifactName: nameOfPackage },
    flatpak: {
      runtimeVersion: '25.08',
      baseVersion: '25.08',
      // The files and folders that a person drops and the thumbnails beside them are anywhere.
      finishArgs: [
        '--share=ipc',
        '--share=network',
        '--socket=wayland',
        '--socket=fallback-x11',
        '--device=dri',
        '--filesystem=host',
        '--talk-name=org.freedesktop.Notifications',
      ],
      artifactName: nameOfPackage,
    },
  };
}

/**
 * One app for both processors. It is signed and notarised where the environment has what for: `CSC_LINK` and `CSC_KEY_PASSWORD`, or
 * `CSC_NAME` of the keychain; and `APPLE_ID`, `APPLE_APP_SPECIFIC_PASSWORD` and `APPLE_TEAM_ID`, or `APPLE_API_KEY`,
 * `APPLE_API_KEY_ID` and `APPLE_API_ISSUER`.
 */
export function forMac(environment: NodeJS.ProcessEnv = process.env): Configuration {
  const isSigned = [environment.CSC_LINK, environment.CSC_NAME].some((value) => value);
  return {
    mac: {
      icon: 'resources/icons/icon.icns',
      category: 'public.app-category.graphics-design',
      artifactName: nameOnMac,
      // Apple silicon starts nothing without a signature, and to set the fuses breaks the one that Electron came with. A signature in
      // nobody's name cannot be notarised, and under the hardened runtime the app would refuse its own libraries.
      ...(!isSigned && { identity: '-', notarize: false }),
      hardenedRuntime: isSigned,
      gatekeeperAssess: false,
      entitlements: 'resources/mac/entitlements.plist',
      entitlementsInherit: 'resources/mac/entitlements.plist',
      // Both halves have the libraries of both processors, which are not to be made one of.
      x64ArchFiles: '**/node_modules/@img/sharp-*darwin-*/**',
      extendInfo: { CFBundleDocumentTypes: macDocuments },
    },
  };
}

/** For one person, without an administrator; and one that installs nothing. What a person has made and set stays when it goes. */
export function forWindows(): Configuration {
  return {
    win: {
      icon: 'resources/icons/icon.ico',
      extraResources: [{ from: 'resources/windows/shoal.cmd', to: 'bin/shoal.cmd' }],
    },
    nsis: {
      artifactName: nameOfSetup,
      include: 'resources/windows/installer.nsh',
      oneClick: true,
      perMachine: false,
      deleteAppDataOnUninstall: false,
    },
    portable: { artifactName: nameOfPortable },
  };
}
