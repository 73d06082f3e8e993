import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { auxilio, file, jsonLines, stdoutOf } from './support.ts';

const kept = 'test/golden/receipt.json';
const log = 'test/golden/receipt-log.ndjson';
const lines = readFileSync(log, 'utf8').trim().split('\n');
const english = ['--locale', 'en'];

describe('verify receipt', () => {
  it('says that a receipt holds, by itself and with the log', () => {
    const alone = stdoutOf(['verify', 'receipt', kept, ...english]);
    expect(alone).toContain('The receipt is sound by itself\n');
    expect(alone).toContain("act 24: the client's word, signed by their device\n");
    expect(alone).toContain('Without --log');
    const held = stdoutOf(['verify', 'receipt', kept, '--log', log]);
    expect(held).toContain('El recibo está en orden, y el registro sigue diciendo lo mismo\n');
    expect(held).not.toContain('Sin --log');
  });

  it('prints what is on record', async () => {
    const forged = file('falso.json', readFileSync(kept, 'utf8').replace('"word": "denied"', '"word": "both"'));
    const runs = ['es-CR', 'en'].flatMap((locale) =>
      [[kept], [kept, '--log', log], [forged, '--log', log]].map(
        (args) => auxilio(['verify', 'receipt', ...args, '--locale', locale]).out,
      ),
    );
    await expect(runs.join('\n')).toMatchFileSnapshot('../golden/outputs-receipt.txt');
  });

  it('takes the visit of the receipt from a log of several', () => {
    const other = lines.map((line) => line.replaceAll('visit-1', 'visit-2'));
    const both = file('dos.ndjson', [...lines, ...other].join('\n'));
    expect(auxilio(['verify', 'receipt', kept, '--log', both]).code).toBe(0);
  });

  it('exits with 1 where the receipt or the log was changed', () => {
    const forged = file('falso.json', readFileSync(kept, 'utf8').replace('"word": "denied"', '"word": "both"'));
    const { out, code } = auxilio(['verify', 'receipt', forged, ...english]);
    expect(code).toBe(1);
    expect(out).toContain('The receipt does not hold: 1 finding\n');
    expect(out).toContain('the lines do not say that');
    const cut = file('cortado.ndjson', lines.slice(0, -1).join('\n'));
    const held = auxilio(['verify', 'receipt', kept, '--log', cut, '--json']);
    expect(held.code).toBe(1);
    expect(jsonLines(held.out)).toMatchObject([
      { visitId: 'visit-1', sound: false, withLog: true, findings: [{ fault: 'log', at: '/lines/23' }] },
    ]);
  });

  it('exits with 2 where the file is no receipt', () => {
    const run = (text: string) => auxilio(['verify', 'receipt', file('otro.json', text), ...english]);
    expect(run('{}')).toMatchObject({ code: 2, err: expect.stringContaining('is not a receipt (/format)') });
    expect(run('{"format":"auxilio-receipt-9"}').err).toContain('is a receipt of a newer release');
    expect(run(`"${'x'.repeat(1 << 22)}"`).err).toContain('is larger than any receipt');
    expect(auxilio(['verify', 'receipt', 'no-such.json']).code).toBe(2);
    expect(auxilio(['verify', 'log', kept]).err).toContain('puede ser: receipt');
  });
});
