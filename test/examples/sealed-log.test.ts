import { afterAll, expect, it } from 'vitest';
import { emptyFolder, ran } from './run-example.ts';

const { folder, remove } = emptyFolder();
afterAll(remove);

it('03, a sealed log: tells what was done to it, and where', async () => {
  const { code, stdout, stderr } = await ran(folder, 'examples/03-a-sealed-log.ts');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^23 actos sellados; la cabeza es [0-9a-f]{16}…$/),
    'Como se guardó: íntegro',
    'Un acto cambiado: en el lugar 1, un acto que cambió después de sellarse',
    'Un acto menos: en el lugar 11, falta lo que estaba antes',
    'Dos actos trocados: en el lugar 5, un acto fuera de orden; en el lugar 7, un acto fuera de orden',
    'Un acto repetido: en el lugar 9, un acto ajeno a la cadena',
    'Sin el último acto: en el lugar 23, falta el final',
    'Todo escrito y sellado de nuevo: en el lugar 23, un acto que cambió después de sellarse',
    'Una cabeza que nadie firmó: rechazada',
    "[ { index: 0, kind: 'chain', facts: { fault: 'changed' } } ]",
  ]);
});
