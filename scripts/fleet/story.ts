import { setTimeout as pause } from 'node:timers/promises';
import type { VisitCommand } from 'auxilio';
import type { SimulatedVisit } from 'auxilio/testing';
import { providersIn, recast } from '../../examples/field/server/play-times.ts';
import type { Console } from './console.ts';
import type { Phone } from './phone.ts';
import { providerId } from './settings.ts';

export type StoryOptions = Readonly<{
  story: SimulatedVisit;
  /** The phone of its first provider; another one is that of the next. */
  n: number;
  phones: readonly Phone[];
  consoles: readonly Console[];
  random: () => number;
  isOver: () => boolean;
  pauseMs: number;
}>;

/** Plays the acts of a simulated visit, each now: those of the center at a console, those of a provider on their phone. */
export async function playStory({ story, n, phones, consoles, random, isOver, pauseMs }: StoryOptions): Promise<void> {
  const people = new Map<string, object>();
  const ids = new Map([[story.visitId, `fleet-${n}-${story.visitId}`]]);
  const phoneOf = new Map<string, Phone>();
  for (const [place, { id }] of providersIn(story.commands).entries()) {
    const index = (n + place) % phones.length;
    const phone = phones[index];
    if (phone === undefined) return;
    ids.set(id, providerId(index));
    people.set(id, { id: providerId(index), name: `Proveedor ${index}` });
    phoneOf.set(id, phone);
  }
  for (const command of story.commands) {
    if (isOver()) return;
    const laterMs = Date.now() - Date.parse(command.data.at);
    const act: VisitCommand = recast(command, { laterMs, ids, people });
    const { role, id } = command.metadata.actor;
    const phone = phoneOf.get(id);
    if (role === 'contact-center') await consoles[Math.floor(random() * consoles.length)]?.record(act);
    else if (phone !== undefined) await attempted(phone, act, random, isOver);
    await pause(pauseMs * (0.5 + random()));
  }
}

/** A phone that does not have the visit yet waits for it a while. */
async function attempted(phone: Phone, act: VisitCommand, random: () => number, isOver: () => boolean): Promise<void> {
  for (let tries = 0; tries < 20 && !isOver(); tries += 1) {
    if ((await phone.replica.visit(act.data.visitId)).events.length > 0) break;
    await pause(300 + random() * 300);
  }
  await phone.act(act);
}
