import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  watch,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/testing/simulate/simulate.ts';
import { auxilioProcess, cli, file } from './support.ts';

const events = [...simulate({ visits: 60, seed: 2 })].flatMap((visit) => visit.events);
const log = file('log.ndjson', events.map((event) => `${JSON.stringify(event)}\n`).join(''));

const shell = (command: string) =>
  spawnSync('bash', ['-c', command], { env: { ...process.env, CLI: cli, LOG: log, NODE: process.execPath } });

describe('a reader that has had enough', () => {
  it.each([
    ['simulate --visits 100000', 'head -n 1'],
    ['audit "$LOG" --all --json', 'head -c 10'],
    ['show "$LOG"', 'true'],
    ['clauses', 'head -n 1'],
  ])('ends %s without a word', (command, reader) => {
    const { stderr, status } = shell(`set -o pipefail; "$NODE" "$CLI" ${command} | ${reader} > /dev/null`);
    expect(stderr.toString()).toBe('');
    expect(status).toBe(0);
  });

  it.skipIf(process.platform !== 'linux')(
    'is waited for when it is slow: what is written does not pile up',
    async () => {
      const child = spawn(process.execPath, [cli, 'simulate', '--visits', '1000000']);
      const of = (file: string) => readFileSync(`/proc/${child.pid}/${file}`, 'utf8');
      const megabytes = () => Number(/VmRSS:\s+(\d+)/.exec(of('status'))?.[1]) / 1024;
      /** The ticks of a processor that it has used. */
      const ticks = () =>
        of('stat')
          .split(' ')
          .slice(13, 15)
          .map(Number)
          .reduce((one, other) => one + other);
      await once(child.stdout, 'readable');
      child.stdout.read(1);
      const begun = ticks();
      // A process that waits for a processor has not come to rest.
      const sleeps = () => / S /.test(of('stat'));
      let last = begun;
      for (let still = 0; still < 6 && last - begun < 500; still += 1) {
        await sleep(100);
        if (ticks() !== last || !sleeps()) still = 0;
        last = ticks();
      }
      const [before, used] = [megabytes(), last - begun];
      await sleep(500);
      const after = megabytes();
      child.kill();
      expect(used, 'it comes to rest').toBeLessThan(500);
      expect(before).toBeGreaterThan(20);
      expect(after - before).toBeLessThan(10);
    },
  );
});

/** Root reads every file, but for a process without these two capabilities. */
const asOwner = [
  'setpriv',
  '--bounding-set=-dac_override,-dac_read_search',
  '--inh-caps=-dac_override,-dac_read_search',
];
const refusable = process.getuid?.() === 0 ? asOwner : [];

function runRefusable(...args: string[]) {
  const [command = '', ...all] = [...refusable, process.execPath, cli, ...args];
  return spawnSync(command, all);
}

describe('a file that may not be read', () => {
  it.skipIf(runRefusable('--version').status !== 0)('is reported as such', () => {
    const secret = file('secret.ndjson', 'x');
    chmodSync(secret, 0o000);
    const { stderr, status } = runRefusable('audit', secret);
    expect(stderr.toString()).toBe(`auxilio: ${secret}: no hay permiso para leerlo\n`);
    expect(status).toBe(2);
  });
});

const hasScript = spawnSync('script', ['--version']).status === 0;

/** The output of a command on a terminal: both streams, in order. */
function atTerminal(command: string, env: NodeJS.ProcessEnv = {}): string {
  const all = { ...process.env, TERM: 'xterm', NO_COLOR: '', CLI: cli, LOG: log, NODE: process.execPath, ...env };
  return execFileSync('script', ['-qec', command, '/dev/null'], { env: all, encoding: 'utf8' });
}

describe.runIf(hasScript)('at a terminal', () => {
  const control = '\u001b[';

  it('is in colour, unless somebody asks for none', () => {
    expect(atTerminal('"$NODE" "$CLI" clauses 1.1-19')).toContain(`${control}1m1.1-19`);
    expect(atTerminal('"$NODE" "$CLI" clauses 1.1-19', { NO_COLOR: '1' })).not.toContain(control);
    expect(atTerminal('"$NODE" "$CLI" clauses 1.1-19', { TERM: 'dumb' })).not.toContain(control);
    expect(atTerminal('"$NODE" "$CLI" clauses 1.1-19 | cat')).not.toContain(control);
    expect(atTerminal('"$NODE" "$CLI" clauses 9.9-99 || true')).toContain(`${control}31mauxilio: `);
    expect(atTerminal('"$NODE" "$CLI" clauses 9.9-99 2> /dev/stdout | cat; true')).not.toContain(control);
  });

  it('shows how far it has come, and nothing of that is left', () => {
    const seen = atTerminal('"$NODE" "$CLI" audit "$LOG" > /dev/null');
    expect(seen).toContain('Auditando [');
    expect(seen).toMatch(/\d+%/);
    const shared = atTerminal('"$NODE" "$CLI" audit "$LOG" --workers 2 > /dev/null');
    expect(shared).toMatch(/Contando \[.*Auditando \[.*\] \d+% \S/s);
    // The bar is taken away, and the cursor shown again.
    expect(seen).toContain(`${control}?25h`);
    expect(atTerminal('"$NODE" "$CLI" audit "$LOG" --quiet')).toBe('');
    expect(atTerminal('"$NODE" "$CLI" explore --limit 5000 > /dev/null')).toContain('Explorando [');
    expect(atTerminal('"$NODE" "$CLI" audit "$LOG" 2> /dev/null')).not.toContain('Auditando');
  });

  it('does not wait for a log that nobody types', () => {
    expect(atTerminal('"$NODE" "$CLI" audit || true')).toContain(
      'indique un archivo, o páselo por la entrada estándar',
    );
  });
});

/** Waits until a command at a terminal has written something, sends it a signal, and answers how it ended. */
function interrupted(command: string, until: RegExp, signal: NodeJS.Signals) {
  const env = { ...process.env, TERM: 'xterm', CLI: cli, LOG: large, NODE: process.execPath };
  const child = spawn('script', ['-qec', `echo "PID $$."; exec ${command}`, '/dev/null'], { env });
  let seen = '';
  let isSent = false;
  child.stdout.on('data', (part) => {
    seen += part;
    const pid = Number(/PID (\d+)\./.exec(seen)?.[1]);
    if (isSent || !until.test(seen)) return;
    isSent = true;
    process.kill(pid, signal);
  });
  return new Promise<{ readonly seen: string; readonly code: number | null }>((resolve) => {
    child.on('close', (code) => resolve({ seen, code }));
  });
}

const large = file('large.ndjson', Array.from({ length: 150 }, () => readFileSync(log, 'utf8')).join(''));

describe.runIf(hasScript)('the terminal', () => {
  const lastOf = (seen: string, ...controls: readonly string[]) =>
    controls.toSorted((one, other) => seen.lastIndexOf(other) - seen.lastIndexOf(one))[0];

  it.each([
    ['"$NODE" "$CLI" audit "$LOG"', 'SIGINT', 130],
    ['"$NODE" "$CLI" audit "$LOG" --workers 2', 'SIGINT', 130],
    ['"$NODE" "$CLI" explore', 'SIGINT', 130],
    ['"$NODE" "$CLI" explore', 'SIGTERM', 143],
    ['"$NODE" "$CLI" explore', 'SIGHUP', 129],
  ] as const)('is as it was after %s was ended by %s', async (command, signal, expected) => {
    const { seen, code } = await interrupted(command, /\[[█░ =-]*\] \d+%/, signal);
    expect(code).toBe(expected);
    expect(lastOf(seen, '\u001b[?25l', '\u001b[?25h')).toBe('\u001b[?25h');
    expect(lastOf(seen, '\u001b[?7l', '\u001b[?7h')).toBe('\u001b[?7h');
  });

  it('is as it was after standard output was full, or its reader had enough', () => {
    for (const command of ['audit "$LOG" --all > /dev/full; echo $?', 'audit "$LOG" --all | head -n 1 > /dev/null']) {
      const seen = atTerminal(`"$NODE" "$CLI" ${command}`);
      expect(lastOf(seen, '\u001b[?25l', '\u001b[?25h')).toBe('\u001b[?25h');
      expect(lastOf(seen, '\u001b[?7l', '\u001b[?7h')).toBe('\u001b[?7h');
    }
  });
});

describe.skipIf(process.platform === 'win32')('a pipe with a name', () => {
  it('is read as a file is, from its first byte', () => {
    const pipe = `pipe=$(mktemp -u) && mkfifo "$pipe" && { cat "$LOG" > "$pipe" & }`;
    const { stdout, status } = shell(
      `${pipe}; timeout 300 "$NODE" "$CLI" audit "$pipe"; told=$?; rm "$pipe"; exit $told`,
    );
    expect(stdout.toString()).toMatch(/^60 visitas, todas limpias$/m);
    expect(status).toBe(0);
  });
});

describe.skipIf(process.platform === 'win32')('a command that is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leaves no part of its file: %s', async (signal) => {
    const folder = mkdtempSync(join(tmpdir(), 'auxilio-interrupted-'));
    const [pipe, sheet] = [join(folder, 'pipe'), join(folder, 'sheet.csv')];
    spawnSync('mkfifo', [pipe]);
    // Held open, so that the command waits for more.
    const writer = openSync(pipe, 'r+');
    const changes = watch(folder);
    const begins = once(changes, 'change');
    const child = spawn(process.execPath, [cli, 'payments', log, pipe, '--csv', '-o', sheet]);
    await begins;
    changes.close();
    const begun = readdirSync(folder);
    child.kill(signal);
    const [, endedBy] = await once(child, 'exit');
    const left = readdirSync(folder);
    closeSync(writer);
    rmSync(folder, { recursive: true });
    expect(begun).toEqual(['pipe', `sheet.csv.${child.pid}.part`]);
    expect([endedBy, left]).toEqual([signal, ['pipe']]);
  });
});

const hasFull = existsSync('/dev/full');

describe.runIf(hasFull)('a full disk', () => {
  it.each([
    'audit "$LOG"',
    'audit "$LOG" --all --json',
    'audit "$LOG" --workers 2',
    'show "$LOG"',
    'dossier "$LOG"',
    'dossier "$LOG" --json',
    'guide "$LOG" --visit sim-1 --role provider',
    'report "$LOG" -o -',
    'schema',
    'clauses',
    'simulate --visits 1000',
    'explore --limit 200',
    '--help',
    'audit --help',
    '--version',
  ])('is reported in one line, and is no finding: %s', (command) => {
    const { stderr, status } = shell(`"$NODE" "$CLI" ${command} > /dev/full`);
    expect(stderr.toString()).toBe('auxilio: la salida estándar: no queda espacio para escribir\n');
    expect(status).toBe(2);
  });
});

describe('away from a terminal', () => {
  it('shows no colour and no progress', () => {
    const { out, err } = auxilioProcess(['audit', log, '--all'], { env: { FORCE_COLOR: '1' } });
    expect(out + err).not.toContain('\u001b');
  });
});
