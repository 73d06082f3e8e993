/**
 * A visit, from its assignment to a start that is refused with the missing conditions. Run: `npx tsx
 * examples/01-a-visit.ts`
 */
import {
  actName,
  commands,
  decide,
  evolve,
  explain,
  initialState,
  replay,
  type VisitCommand,
  type VisitEvent,
} from 'auxilio';

const visitId = 'v-2026-0317-01';
const center = { role: 'contact-center', id: 'op-03' } as const;
const provider = { role: 'provider', id: 'prov-014' } as const;
const service = 'Vidriería';

const log: VisitEvent[] = [];
let visit = initialState();

function record(command: VisitCommand): void {
  const decision = decide(command, visit);
  const act = actName(command.type, 'es-CR');
  if (decision.ok) {
    log.push(...decision.events);
    visit = decision.events.reduce(evolve, visit);
    console.log(`✓ ${act} → ${visit.phase}`);
  } else {
    console.log(`✗ ${act}\n${explain(decision.rejection, 'es-CR').replace(/^/gm, '    ')}`);
  }
}

record(
  commands.assignVisit(
    {
      visitId,
      at: '2026-03-17T13:02:00.000Z',
      caseNumber: 'EXP-2026-004512',
      client: { name: 'Marta Eugenia Solano Brenes', title: 'doña' },
      provider: { id: provider.id, name: 'Gerardo Ureña Solís', title: 'don' },
      service,
      place: 'Curridabat, de la iglesia católica 200 metros al sur y 50 al este, casa color terracota',
      arriveBy: '2026-03-17T14:30:00.000Z',
    },
    center,
  ),
);
record(commands.showCredential({ visitId, at: '2026-03-17T14:08:00.000Z' }, provider));
record(commands.recordArrival({ visitId, at: '2026-03-17T14:10:00.000Z' }, provider));
record(commands.showCredential({ visitId, at: '2026-03-17T14:11:00.000Z' }, provider));
const seen = { person: 'client', fullNameGiven: true, documentShown: true } as const;
record(commands.validateIdentity({ visitId, at: '2026-03-17T14:12:00.000Z', ...seen }, provider));
record(commands.announceService({ visitId, at: '2026-03-17T14:13:00.000Z', service }, provider));
record(commands.startWork({ visitId, at: '2026-03-17T14:14:00.000Z' }, provider));

const again = replay(log);
console.log(
  `${log.length} eventos; al volver a leerlos la visita está igual: ${JSON.stringify(again) === JSON.stringify(visit)}`,
);
