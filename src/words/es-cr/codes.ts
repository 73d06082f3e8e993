import type { Codes } from '../codes.ts';
import { facts } from './attestation.ts';

/** The values that acts choose from a closed list, in the middle of a sentence. */
export const codes: Codes = {
  issue: { breakdown: 'avería', delay: 'atraso', other: 'otro inconveniente' },
  notification: { delay: 'el atraso', 'provider-change': 'el cambio de proveedor' },
  topic: {
    'client-absence': 'la ausencia del cliente',
    identity: 'la identidad',
    materials: 'los materiales',
    escalation: 'la afectación escalada',
    visit: 'la visita',
  },
  decision: {
    wait: 'esperar',
    proceed: 'proceder',
    'proceed-with-representative': 'proceder con un representante',
    reschedule: 'reprogramar',
    cancel: 'cancelar',
    reassign: 'reasignar',
    other: 'otra decisión',
  },
  identified: { client: 'el cliente', representative: 'un representante' },
  document: { cedula: 'cédula', dimex: 'DIMEX', nite: 'NITE', passport: 'pasaporte', other: 'otro documento' },
  rejection: {
    'name-mismatch': 'el nombre no coincide',
    'no-document': 'no presentó documento',
    refused: 'no quiso identificarse',
    other: 'otro motivo',
  },
  channel: { app: 'aplicación', email: 'correo electrónico' },
  mismatch: { quantity: 'cantidad', kind: 'tipo', quality: 'calidad' },
  supplier: { client: 'el cliente', provider: 'el proveedor' },
  agreed: { 'client-will-supply': 'el cliente los entregará', reschedule: 'reprogramar', cancel: 'cancelar' },
  pause: { break: 'pausa', 'second-visit': 'segunda visita' },
  ending: { cancelled: 'cancelada', rescheduled: 'reprogramada' },
  breach: {
    alcohol: 'alcohol',
    drugs: 'drogas',
    smoking: 'fumado',
    discourtesy: 'descortesía',
    other: 'otra falta',
  },
  activity: { 'material-purchase': 'compra de materiales', other: 'otra gestión' },
  annulled: {
    ProviderArrived: 'la llegada',
    WorkStarted: 'el inicio',
    Completed: 'la conclusión',
    VisitClosed: 'el fin anticipado de la visita',
  },
  time: {
    arrival: 'la llegada',
    start: 'el inicio',
    resumption: 'la reanudación del trabajo',
    interruption: 'la interrupción del trabajo',
    'completion-call': 'la llamada de conclusión',
    end: 'el fin de la visita',
  },
  fact: facts,
  title: { don: 'don', doña: 'doña' },
};
