import * as arrival from '../../words/es-cr/arrival.ts';
import * as assignment from '../../words/es-cr/assignment.ts';
import * as closing from '../../words/es-cr/closing.ts';
import * as corrections from '../../words/es-cr/corrections.ts';
import * as exceptions from '../../words/es-cr/exceptions.ts';
import * as general from '../../words/es-cr/general.ts';
import * as identity from '../../words/es-cr/identity.ts';
import * as inspection from '../../words/es-cr/inspection.ts';
import * as instructions from '../../words/es-cr/instructions.ts';
import * as materials from '../../words/es-cr/materials.ts';
import * as transit from '../../words/es-cr/transit.ts';
import * as work from '../../words/es-cr/work.ts';
import { merged } from '../../words/merged.ts';
import type { ActWords } from './acts.ts';

export const acts: ActWords = {
  events: /* @__PURE__ */ merged(
    assignment.events,
    transit.events,
    arrival.events,
    instructions.events,
    identity.events,
    inspection.events,
    materials.events,
    work.events,
    closing.events,
    exceptions.events,
    corrections.events,
  ),
  fields: /* @__PURE__ */ merged(
    general.fields,
    assignment.fields,
    transit.fields,
    arrival.fields,
    instructions.fields,
    identity.fields,
    inspection.fields,
    materials.fields,
    work.fields,
    closing.fields,
    exceptions.fields,
    corrections.fields,
  ),
  codes: {
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
      other: 'otra',
    },
    identified: { client: 'el cliente', representative: 'un representante' },
    document: { cedula: 'cédula', dimex: 'DIMEX', nite: 'NITE', passport: 'pasaporte', other: 'otro' },
    rejection: {
      'name-mismatch': 'el nombre no coincide',
      'no-document': 'no presentó documento',
      refused: 'no quiso identificarse',
      other: 'otro',
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
      other: 'otra',
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
  },
};
