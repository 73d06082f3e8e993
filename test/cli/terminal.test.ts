import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../src/testing/simulate.ts';
import { auxilio, cli, file } from './support.ts';

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
      const megabytes = () =>
        Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;
      child.stdout.once('readable', () => child.stdout.read(1));
      await sleep(2000);
      const before = megabytes();
      await sleep(3000);
      const after = megabytes();
      child.kill();
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

/** What a command shows to somebody at a terminal: both streams, as they come. */
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
    expect(atTerminal('"$NODE" "$CLI" explore --limit 20000 > /dev/null')).toContain('Explorando [');
    expect(atTerminal('"$NODE" "$CLI" audit "$LOG" 2> /dev/null')).not.toContain('Auditando');
  });

  it('does not wait for a log that nobody types', () => {
    expect(atTerminal('"$NODE" "$CLI" audit || true')).toContain(
      'indique un archivo, o páselo por la entrada estándar',
    );
  });
});

describe('away from a terminal', () => {
  it('shows no colour and no progress', () => {
    const { out, err } = auxilio(['audit', log, '--all'], { env: { FORCE_COLOR: '1' } });
    expect(out + err).not.toContain('\u001b');
  });
});
