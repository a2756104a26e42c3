/** Licences of which each lets the app and the package be given away. */
export const licencesAllowed =
  /^\(?(MIT|MIT-0|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|MPL-2\.0|OFL-1\.1|LGPL-3\.0(-or-later)?|Python-2\.0|Unlicense|Zlib| AND | OR |\(|\))+$/;
