import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commandNames } from '../../src/cli/command-specs.ts';
import { auxilio, file, pathOf, stdoutOf } from './support.ts';

const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;
const script = (shell: string, locale = 'es-CR') =>
  file(`completion-${locale}.${shell}`, stdoutOf(['completion', shell, '--locale', locale]));

/** The words that bash offers for the last of some. */
function offered(...words: readonly string[]): readonly string[] {
  const quoted = ['auxilio', ...words].map((word) => `'${word}'`).join(' ');
  const code = `source '${script('bash')}'; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _auxilio 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout } = spawnSync('bash', ['--norc', '-c', code]);
  return stdout.toString().split('\n').filter(Boolean);
}

describe.runIf(has('bash'))('completion in bash', () => {
  it('offers the commands, and their options', () => {
    expect(offered('')).toEqual(expect.arrayContaining([...commandNames, 'help', '--locale']));
    expect(offered('au')).toEqual(['audit']);
    expect(offered('audit', '--c')).toEqual(['--csv']);
    expect(offered('audit', 'a.ndjson', '--wo')).toEqual(['--workers']);
    expect(offered('--locale', 'en', 'payments', '--x')).toEqual(['--xlsx']);
    expect(offered('clauses', '--map')).toEqual([]);
  });

  it('offers the values of options and actions', () => {
    expect(offered('guide', 'x', '--role', '')).toEqual(['provider', 'contact-center', 'client']);
    expect(offered('audit', '--locale', 'e')).toEqual(['es-CR', 'en']);
    expect(offered('sheet', '')).toEqual(['guess']);
    expect(offered('completion', 'z')).toEqual(['zsh']);
  });

  it('leaves files to the shell, of any name', () => {
    for (const words of [
      ['audit', 'x'],
      ['audit', '--map', 'x'],
      ['sheet', 'guess', 'x'],
    ])
      expect(offered(...words)).toEqual([]);
    const { stdout } = spawnSync('bash', ['--norc', '-c', `source '${script('bash')}'; complete -p auxilio`]);
    expect(stdout.toString()).toBe('complete -o default -F _auxilio auxilio\n');
  });
});

it.each(['es-CR', 'en'])('the scripts in %s are valid for their shells, where these are installed', (locale) => {
  for (const shell of ['bash', 'zsh', 'fish'].filter(has)) {
    const { status, stderr } = spawnSync(shell, ['-n', script(shell, locale)]);
    expect({ shell, status, stderr: stderr.toString() }).toEqual({ shell, status: 0, stderr: '' });
  }
});

it.runIf(has('fish'))('completes in fish', () => {
  const ask = (line: string) =>
    spawnSync('fish', ['--no-config', '-c', `source ${script('fish')}; complete -C '${line}'`]).stdout.toString();
  expect(ask('auxilio pay')).toMatch(/^payments\t/);
  expect(ask('auxilio guide --role ')).toMatch(/^provider\n|contact-center/);
  expect(ask('auxilio audit --cs')).toMatch(/^--csv\t/);
  expect(ask(`auxilio audit ${pathOf('completion-es-CR.fi')}`)).toContain('completion-es-CR.fish');
});

it.runIf(has('zsh'))('completes in zsh, once loaded', () => {
  const code = `autoload -Uz compinit; compinit -u -D; source '${script('zsh')}'; print -r -- $_comps[auxilio]`;
  expect(spawnSync('zsh', ['-f', '-c', code]).stdout.toString()).toBe('_auxilio\n');
});

it('is for these shells alone', () => {
  expect(auxilio(['completion', 'tcsh'])).toMatchObject({ code: 2, err: expect.stringContaining('bash, zsh, fish') });
});
