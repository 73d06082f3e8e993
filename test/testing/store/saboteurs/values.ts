import { changing, deep, naming, reading, type Saboteur, sorted, text, writing } from './saboteur.ts';

const isDate = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export const values: readonly Saboteur[] = [
  {
    fault: 'keys are sorted',
    ...reading((honest) => async (name, options) => {
      const read = await honest.readStream(name, options);
      return { ...read, events: read.events.map((event) => ({ ...event, data: sorted(event.data) as object })) };
    }),
    killedBy: 'fidelity: the order of keys stays, in the data and in the metadata',
  },
  {
    fault: 'texts that look like dates come back as dates',
    ...changing(text((value) => (isDate.test(value) ? new Date(value) : value))),
    killedBy: 'fidelity: dates stay texts',
  },
  {
    fault: 'dates come back in another notation',
    ...changing(
      text((value) => (isDate.test(value) && !Number.isNaN(Date.parse(value)) ? value.replace('.000Z', 'Z') : value)),
    ),
    killedBy: 'fidelity: dates stay texts',
  },
  {
    fault: 'U+0000 is dropped',
    ...changing(text((value) => value.replaceAll('\u0000', ''))),
    killedBy: 'fidelity: U+0000 and halves of a surrogate pair come back',
  },
  {
    fault: 'halves of a pair become U+FFFD',
    ...changing(text((value) => value.replace(/\p{Surrogate}/gu, '\ufffd'))),
    killedBy: 'fidelity: U+0000 and halves of a surrogate pair come back',
  },
  {
    fault: 'texts are trimmed',
    ...changing(text((value) => value.trim())),
    killedBy: 'fidelity: texts come back as they were, as values, as keys and in the metadata',
  },
  {
    fault: 'texts are normalised to NFC',
    ...changing(text((value) => value.normalize('NFC'))),
    killedBy: 'fidelity: texts come back as they were, as values, as keys and in the metadata',
  },
  {
    fault: 'an empty text is null',
    ...changing(text((value) => (value === '' ? null : value))),
    killedBy: 'fidelity: null, empty and nested values come back',
  },
  {
    fault: 'sixteen digits and more come back as bigints',
    ...changing(text((value) => (/^\d{16,}$/.test(value) ? BigInt(value) : value))),
    killedBy: 'fidelity: texts of digits stay texts',
  },
  {
    fault: 'texts that are numbers come back as numbers',
    ...changing(text((value) => (String(Number(value)) === value ? Number(value) : value))),
    killedBy: 'fidelity: texts of digits stay texts',
  },
  {
    fault: 'numbers are kept with 15 digits',
    ...changing((value) => (typeof value === 'number' ? Number(value.toPrecision(15)) : value)),
    killedBy: 'fidelity: numbers stay the same doubles',
  },
  {
    fault: 'a bigint is written as a text',
    ...writing((event) =>
      JSON.parse(JSON.stringify(event, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))),
    ),
    killedBy: 'refusals: what is no event, or not JSON, is refused with its whole batch',
  },
  {
    fault: 'the key __proto__ is lost',
    ...reading((honest) => async (name, options) => {
      const read = await honest.readStream(name, options);
      const copy = (data: object) => Object.assign({}, data);
      return { ...read, events: read.events.map((event) => ({ ...event, data: copy(event.data) })) };
    }),
    killedBy: 'fidelity: keys that mean something in JavaScript are keys',
  },
  {
    fault: 'an undefined field is null',
    ...writing((event) => ({
      ...event,
      data: deep(event.data, (value) => (value === undefined ? null : value)) as object,
    })),
    killedBy: 'fidelity: what JSON changes is changed as JSON changes it',
  },
  {
    fault: 'a text is cut after 65,535 characters',
    ...changing(text((value) => value.slice(0, 65_535))),
    killedBy: 'append: an event of 100 kB comes back',
  },
  {
    fault: 'the metadata of an event are dropped but for its id',
    ...writing((event) => {
      const { eventId } = (event?.metadata ?? {}) as { eventId?: string };
      return eventId === undefined ? event : { ...event, metadata: { eventId } };
    }),
    killedBy: 'append: an event comes back with its type, data and metadata, at its version',
  },
  {
    fault: 'streams are found by how their name begins',
    ...naming((name) => (typeof name === 'string' ? name.slice(0, 7) : name)),
    killedBy: 'names: names that begin alike, or mean something to a database, are apart',
  },
  {
    fault: 'names fold case',
    ...naming((name) => (typeof name === 'string' ? name.toLowerCase() : name)),
    killedBy: 'names: names that begin alike, or mean something to a database, are apart',
  },
  {
    fault: 'names are trimmed',
    ...naming((name) => (typeof name === 'string' ? name.trim() : name)),
    killedBy: 'names: names that begin alike, or mean something to a database, are apart',
  },
  {
    fault: 'names are normalised',
    ...naming((name) => (typeof name === 'string' ? name.normalize() : name)),
    killedBy: 'names: letters of any alphabet, in either normal form',
  },
  {
    fault: 'names end at U+0000',
    ...naming((name) => (typeof name === 'string' ? (name.split('\u0000')[0] ?? '') : name)),
    killedBy: 'names: the empty name, U+0000 and halves of a pair',
  },
  {
    fault: 'names are cut after 255 characters',
    ...naming((name) => (typeof name === 'string' ? name.slice(0, 255) : name)),
    killedBy: 'names: a name of 5,000 characters',
  },
  {
    fault: 'null in the metadata is dropped',
    ...reading((honest) => async (name, options) => {
      const read = await honest.readStream(name, options);
      const told = (metadata: object) => Object.fromEntries(Object.entries(metadata).filter(([, one]) => one !== null));
      return { ...read, events: read.events.map((event) => ({ ...event, metadata: told(event.metadata) as never })) };
    }),
    killedBy: 'fidelity: the order of keys stays, in the data and in the metadata',
  },
];
