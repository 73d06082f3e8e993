import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readTrace, type Trace } from './itf.ts';

export type Walks = { readonly seed: number; readonly traces: number; readonly steps: number };

const model = fileURLToPath(new URL('./visit.qnt', import.meta.url));

function quint(args: readonly string[]): Promise<void> {
  const cli = createRequire(import.meta.url).resolve('@informalsystems/quint/dist/src/cli.js');
  return new Promise((resolve, reject) => {
    // A pick that an act refuses is not tried again with its neighbours: another act's turn comes instead, which is
    // fairer and several times faster.
    const env = { ...process.env, QUINT_RETRY_NONDET_SMALLER_THAN: '0' };
    const child = spawn(process.execPath, [cli, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`quint ended with ${code}:\n${said.slice(-4_000)}`));
    });
  });
}

/**
 * Lets the model walk, and reads the traces of it. Each state is checked against the model's own invariants on the
 * way; one that breaks them rejects. The same seed gives the same traces.
 */
export async function generate({ seed, traces, steps }: Walks): Promise<Trace[]> {
  const directory = await mkdtemp(join(tmpdir(), 'visit-traces-'));
  try {
    await quint([
      'run',
      model,
      '--backend=typescript',
      '--invariant=lawful',
      '--verbosity=1',
      `--seed=${seed}`,
      `--max-samples=${traces}`,
      `--n-traces=${traces}`,
      `--max-steps=${steps}`,
      `--out-itf=${join(directory, '{seq}.itf.json')}`,
    ]);
    const read: Trace[] = [];
    for (const file of (await readdir(directory)).sort()) {
      const number = file.replace('.itf.json', '');
      read.push(readTrace(`seed ${seed}, trace ${number}`, await readFile(join(directory, file), 'utf8')));
    }
    return read;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
