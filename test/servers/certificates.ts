import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface Certificates {
  /** The authority's own certificate. */
  readonly ca: string;
  /** For localhost and 127.0.0.1, signed by the authority. */
  readonly good: Certificate;
  readonly expired: Certificate;
  /** For another name. */
  readonly foreign: Certificate;
}

/** Makes an authority and certificates with openssl, for this test alone. */
export function makeCertificates(): Certificates {
  const folder = mkdtempSync(join(tmpdir(), 'shoal-certificates-'));
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  };
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  try {
    const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
    openssl(
      'req',
      '-x509',
      ...newKey,
      '-keyout',
      'ca.key',
      '-out',
      'ca.pem',
      '-days',
      '2',
      '-subj',
      '/CN=Test authority',
    );
    const issue = (name: string, names: string, days: string[]): Certificate => {
      openssl('req', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, '-subj', `/CN=${name}`);
      writeFileSync(join(folder, `${name}.ext`), `subjectAltName=${names}\n`);
      const files = [
        '-in',
        `${name}.csr`,
        '-CA',
        'ca.pem',
        '-CAkey',
        'ca.key',
        '-CAcreateserial',
        '-out',
        `${name}.pem`,
      ];
      openssl('x509', '-req', ...files, '-extfile', `${name}.ext`, ...days);
      return { key: read(`${name}.key`), cert: read(`${name}.pem`) };
    };
    return {
      good: issue('good', 'DNS:localhost,IP:127.0.0.1', ['-days', '2']),
      // One that ended yesterday: negative days are taken from now.
      expired: issue('expired', 'DNS:localhost,IP:127.0.0.1', ['-days', '-1']),
      foreign: issue('foreign', 'DNS:example.test', ['-days', '2']),
      ca: read('ca.pem'),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
