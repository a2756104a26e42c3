import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import prettyBytes from 'pretty-bytes';
import packageJson from '../../../../package.json' with { type: 'json' };
import type { Engine, Examination } from '../../../engine/engine.ts';
import { readFormats } from '../../../shared/image-formats.ts';
import { out } from '../../output/streams.ts';
import { count } from '../../output/wording.ts';
import { exitCode } from '../../process/exit-codes.ts';
import { type SelfTest, selfTest } from './self-test.ts';

/** How long another program may take to tell its version, in milliseconds. */
const versionWithinMs = 2_000;
const proxyVariables = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy'];

/** What is asked of the machine, by the name under which it is told. */
type Findings = Readonly<Record<string, string>>;

/** Tells what the machine gives and tries the whole way once. @returns the exit code: 1 if something does not work. */
export async function runDoctor({ json = false }: { json?: boolean }, engine: Engine): Promise<number> {
  const examination = await engine.examine();
  const findings = {
    ...programs(),
    ...ofMachine(examination),
    ...ofImages(examination),
    ...(await ofOthers()),
  };
  if (!json) out.lines(table(findings));
  const tests = await selfTest(engine);
  if (json) out.line(withoutHome(JSON.stringify({ type: 'doctor', findings, tests })));
  else out.lines(['', ...tests.map(lineOfTest)]);
  const isWell =
    typeof examination.images !== 'string' && tests.every(({ problem }) => problem === undefined);
  return isWell ? exitCode.fine : exitCode.someFailed;
}

function programs(): Findings {
  const { node, v8, uv, sqlite, openssl = 'none' } = process.versions;
  return {
    Shoal: packageJson.version,
    Node: `${node} (V8 ${v8}, libuv ${uv}, SQLite ${sqlite ?? 'none'}, OpenSSL ${openssl})`,
    system: `${process.platform} ${process.arch}`,
  };
}

function ofMachine({ machine, state }: Examination): Findings {
  const { cores, processors, processor, memory, freeMemory, memoryLimit, files, threadsOfLibuv } = machine;
  const limit = memoryLimit === undefined ? '' : `, limited to ${prettyBytes(memoryLimit)}`;
  const kept = `${count(state.files)}${state.isMore ? ' or more' : ''} files, ${prettyBytes(state.bytes)}`;
  return {
    cores: `${cores} to use of ${processors} (${processor})`,
    memory: `${prettyBytes(memory)}, ${prettyBytes(freeMemory)} free${limit}`,
    'open files': files === undefined ? 'no limit known' : `${count(files)} more`,
    "libuv's threads": String(threadsOfLibuv),
    state: `${withoutHome(state.folder)}: ${kept}${state.problem === undefined ? '' : `; ${withoutHome(state.problem)}`}`,
  };
}

function ofImages({ images }: Examination): Findings {
  const reads = readFormats('and');
  if (typeof images === 'string') return { sharp: withoutHome(images), formats: reads };
  const { version, libvips, build } = images;
  return { sharp: `${version}, libvips ${libvips}, ${build}`, formats: reads };
}

async function ofOthers(): Promise<Findings> {
  const proxies = proxyVariables.flatMap((name) => {
    const value = process.env[name];
    return value ? [`${name}=${/^no_/i.test(name) ? value : proxyOf(value)}`] : [];
  });
  return {
    ffmpeg: await versionOf('ffmpeg', '-version', 'not there: videos are not read'),
    proxy: proxies.length > 0 ? proxies.join(', ') : 'none',
  };
}

/** Where a proxy is, without whoever logs in there. It may be told without a scheme. */
function proxyOf(value: string): string {
  const url = URL.parse(value.includes('://') ? value : `http://${value}`);
  return url ? `${url.protocol}//${url.host}` : 'set, but no URL';
}

/** @param otherwise what is told where it is not installed. */
function versionOf(program: string, argument: string, otherwise: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(program, [argument], { timeout: versionWithinMs }, (error, told) =>
      resolve(error ? otherwise : (told.split('\n', 1)[0] ?? '')),
    );
  });
}

function table(findings: Findings): string[] {
  const width = Math.max(...Object.keys(findings).map((name) => name.length));
  return Object.entries(findings).map(([name, told]) => `${name.padEnd(width)}  ${told}`);
}

function lineOfTest({ name, ms, problem }: SelfTest): string {
  return problem === undefined
    ? `ok      ${name} (${Math.round(ms)} ms)`
    : `FAILED  ${name}: ${withoutHome(problem)}`;
}

/** A report is for strangers: who somebody is on this machine is none of their business. */
function withoutHome(text: string): string {
  const home = homedir();
  return home.length > 1 ? text.replaceAll(home, '~') : text;
}
