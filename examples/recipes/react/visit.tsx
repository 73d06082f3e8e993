import { actName, explain, guide } from 'auxilio';
import type { ActCommand, Replica, ReplicaVisit } from 'auxilio/replica';
import { useEffect, useState } from 'react';

/** The visit as it is on the device, read again after each change, in this tab or another. */
export function useVisit(replica: Replica, visitId: string): ReplicaVisit | undefined {
  const [visit, setVisit] = useState<ReplicaVisit>();
  useEffect(() => {
    let isShown = true;
    const read = () => void replica.visit(visitId).then((now) => isShown && setVisit(now));
    const stop = replica.subscribe(read);
    read();
    return () => {
      isShown = false;
      stop();
    };
  }, [replica, visitId]);
  return visit;
}

/** The words of each verdict: nothing else says that the center has received what was recorded. */
const verdicts = {
  received: 'Recibido por el centro.',
  attention: 'El centro no ha recibido todo. Llame al centro.',
  saved: 'Guardado en este teléfono, por enviar.',
  unknown: 'Todavía no se sabe qué tiene el centro.',
};

/** A button for each act that needs no other data than its visit and its time; see `auxilio/forms` for the others. */
export function Visit({ replica, visitId }: { replica: Replica; visitId: string }) {
  const visit = useVisit(replica, visitId);
  const [refused, setRefused] = useState('');
  if (visit === undefined) return null;

  const record = async (type: ActCommand['type']) => {
    const data = { visitId, at: new Date().toISOString() };
    const answer = await replica.act({ type, data } as ActCommand);
    const isRefused = !answer.ok && answer.reason === 'refused';
    setRefused(isRefused ? answer.violations.map((one) => explain(one, 'es-CR')).join(' ') : '');
  };
  const { open, closed } = guide(visit.local, { role: 'provider', locale: 'es-CR' });
  return (
    <section>
      <h2>{visit.local.client?.name}</h2>
      <p role="status">{verdicts[visit.verdict]}</p>
      {open
        .filter(({ ask }) => ask.length === 0)
        .map(({ command }) => (
          <button key={command} type="button" onClick={() => record(command)}>
            {actName(command, 'es-CR')}
          </button>
        ))}
      {closed
        .filter(({ command }) => command === 'StartWork')
        .map(({ command, violations }) => (
          <p key={command}>{violations.map((one) => explain(one, 'es-CR')).join(' ')}</p>
        ))}
      <p role="alert">{refused}</p>
    </section>
  );
}
