'use strict';
// Loaded by Nodes of any age, before all else; package.json's `engines` says the same.
const neededMajor = 22;
const neededMinor = 22;

function isTooOld(version) {
  const [major, minor] = version.split('.').map(Number);
  return major < neededMajor || (major === neededMajor && minor < neededMinor);
}

function tooOld() {
  return `shoal needs Node ${neededMajor}.${neededMinor} or newer; this is Node ${process.versions.node}.`;
}

module.exports = { isTooOld, tooOld };
