import { readFileSync } from 'node:fs';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';

/** Prints each survivor as it is found, so that a run that is stopped has said what it knows. */
class Survivors {
  onMutantTested({ status, fileName, location: { start, end }, replacement }) {
    if (status !== 'Survived' && status !== 'NoCoverage') return;
    const lines = readFileSync(fileName, 'utf8')
      .split('\n')
      .slice(start.line - 1, end.line);
    lines.push(lines.pop().slice(0, end.column - 1));
    lines[0] = lines[0].slice(start.column - 1);
    const was = lines.map((line) => line.trim()).join(' ');
    console.log(`${status} ${fileName}:${start.line}:${start.column}  ${was}  →  ${replacement}`);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, 'survivors', Survivors)];
