import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

/** The folders with Spanish that people read. */
const folders = ['src/words/es-cr', 'src/report/words', 'src/cli/words'];
const files = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => folder.endsWith('es-cr') || name.startsWith('es-cr'))
    .map((name) => join(folder, name)),
);

/** The terms of the field in both languages, and what is not written in place of the Spanish one. */
const terms = [
  ['case number', 'expediente', /\b(?:número de caso|este caso)\b/i],
  ['credential', 'carné', /\b(?:carnet|credencial|gafete)\b/i],
  ['provider', 'proveedor', /\b(?:técnico|contratista|prestador)\b/i],
  ['contact center', 'Centro de Contacto', /\b(?:call center|centro de llamadas|centro de contacto)\b/],
  ['finding', 'hallazgo', /\b(?:infracción|infracciones)\b/i],
  ['discrepancy', 'discrepancia', /\binconsistencia/i],
  ['usted', 'usted', /\b(?:tú|vos|tenés|podés|querés|debes|puedes|quieres|tienes|hacé|decí)\b/i],
  ['D5: ask the client for them', 'pídaselos al cliente', /pídalos al cliente/i],
  ['D5: acknowledge', 'acuse de recibo del aviso', /acuse de recibo del inconveniente/i],
  ['D5: the work was begun', 'se inició el trabajo', /el trabajo inició\b/i],
  ['D5: assigned to', 'ya estaba asignada a ese proveedor', /la visita ya era de/i],
  ['D5: wait for instructions', 'espere las indicaciones del Centro de Contacto', /espere al Centro de Contacto/i],
  ['D5: apply to', 'rigen para los documentos', /rigen documentos/i],
  ['D5: don or doña', 'trata al cliente de don o doña', /con don o doña/i],
  ['D5: bare other', 'otra falta, otro motivo', /: '(?:otra|otro|Otra|Otro)'/],
] as const;

it.each(terms)('%s is %s in Spanish, and nothing else', (_, __, forbidden) => {
  const found = files.flatMap((path) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((line) => !line.trim().startsWith('*') && !line.trim().startsWith('/*') && forbidden.test(line))
      .map((line) => `${path}: ${line.trim()}`),
  );
  expect(found).toEqual([]);
});
