/**
 * A sealed log: the events of a visit are linked by their hashes, the head is signed and kept elsewhere, and whatever is done
 * to the log is found. Run: `npx tsx examples/03-a-sealed-log.ts`
 */
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { audit, type VisitEvent } from 'auxilio';
import { type ChainFault, type ChainHead, exportHead, seal, verifyChain } from 'auxilio/chain';
import { visitAt } from 'auxilio/testing';

const sealed = seal(visitAt('completed').events);
const head = exportHead(sealed);

// To be stored where writers of the log have no access: the head, as the text that was signed, and the signature.
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const signedText = JSON.stringify(head);
const signature = sign(null, Buffer.from(signedText), privateKey);

/** The head of that text, if it is the text that was signed. */
function headOf(text: string): ChainHead | null {
  return verify(null, Buffer.from(text), publicKey, signature) ? JSON.parse(text) : null;
}

const faults: Readonly<Record<ChainFault, string>> = {
  changed: 'un acto que cambió después de sellarse',
  dropped: 'falta lo que estaba antes',
  swapped: 'un acto fuera de orden',
  inserted: 'un acto ajeno a la cadena',
  unsealed: 'un acto sin sello',
  cut: 'falta el final',
};

/** Exports a log as NDJSON, reads it again, and reports the faults. */
function tell(what: string, log: readonly unknown[]): void {
  const lines = log.map((event) => JSON.stringify(event));
  const chain = verifyChain(
    lines.map((line) => JSON.parse(line)),
    headOf(signedText),
  );
  const found = chain.faults.map(({ index, fault }) => `en el lugar ${index + 1}, ${faults[fault]}`);
  console.log(`${what}: ${chain.intact ? 'íntegro' : found.join('; ')}`);
}

const log: readonly unknown[] = sealed;
const changed: VisitEvent[] = JSON.parse(JSON.stringify(sealed).replace('Ana Rojas', 'Eva Rojas'));
const rewritten = seal(sealed.map(({ type, data }) => ({ type, data: { ...data, detail: 'otro' } })));

console.log(`${sealed.length} actos sellados; la cabeza es ${head?.hash.slice(0, 16)}…`);
tell('Como se guardó', log);
tell('Un acto cambiado', changed);
tell('Un acto menos', log.toSpliced(10, 1));
tell('Dos actos trocados', log.with(4, log[6]).with(6, log[4]));
tell('Un acto repetido', log.toSpliced(8, 0, log[2]));
tell('Sin el último acto', log.slice(0, -1));
tell('Todo escrito y sellado de nuevo', rewritten);

const forged = JSON.stringify(exportHead(rewritten));
console.log(`Una cabeza que nadie firmó: ${headOf(forged) === null ? 'rechazada' : 'aceptada'}`);

const { findings } = audit(changed, { chain: verifyChain(changed, headOf(signedText)) });
console.log(findings.filter(({ kind }) => kind === 'chain'));
