import { acts } from '../../src/report/words/en-acts.ts';
import type { PageWords } from './words.ts';

export const english: PageWords = {
  beginning: `# Personal data

Made from the decisions of \`src/privacy\` by \`npm run reference\`; a test fails when it is stale. The same page
[in Spanish](https://auxilio.example/es-CR/datos-personales.html), for those who sign it.

Which personal data a visit has, field by field: whose they are, what for, who needs to read them, and what remains in their place. It is valid for
a service with \`auxilio/privacy\`, from the first act that is recorded by it. No field of free text is left out: a field without a decision does not
compile. The list as data is \`personalFields()\`. How it is used: [encrypt personal data, and erase it](../how-to/erase-personal-data.md).

## Words

| word | what it is |
|---|---|
| token | 64 letters in the place of a text in the log, made of the text by a key. Two equal texts of one person in one visit have equal tokens, so rules, audit and dossier judge as they would with the texts. Without the key a token does not give the text, nor confirm a guess of it |
| envelope | the texts of an act, encrypted and stored beside their tokens. It opens by the key alone, and only in the act and the visit for which it was made |
| key | a random secret number, one for each person and visit. It is in a database apart from that of the logs, encrypted by the key of an epoch |
| epoch | the time in which one of the keys is used that encrypt the others. A rotation begins another epoch, encrypts the keys that remain again, and destroys the key of the epoch before |
| seal | the hash of each act, linked with that of the one before. It covers tokens and envelopes as they are stored, so that an erasure does not break it |
| erasure | the destruction of the key of a person in a visit. The acts stay; their texts can no longer be read |

## Whose, what for, and who reads them

*Whose* says by the key of which person the envelope is closed. A text of two persons needs both keys: the erasure of either reaches it.
The text of an instruction is a representative's, too, only if the instruction names one; what is of *who recorded it* is the client's if the
client recorded it.

*Who reads it* says who needs it, besides the person themselves; *all* are the provider, the contact center, the client and
auditors. The library grants and refuses no access: the host does.

## How long

A personal text stays until the first of two:

1. its erasure, when the host accepts the request of the person;
2. the disposal of the visit's documents, at the date of the host's retention table (for INS Servicios, that of CISED). The library has no
   terms of its own: without a table the date is unknown, and disposal is refused.

What *stays* is not erased with the key: it proves what was done, and when.

## What an erasure reaches

| place | after the erasure |
|---|---|
| logs, their exports with tokens, and their backups | the texts of the person in that visit cannot be read |
| backups of the key store | erased keys are of no use once the epoch of the backup was rotated and its key destroyed. Until then the erasure says that it waits (\`waitsFor\`), and is not confirmed |
| a visit that has not ended | the erasure waits: it is recorded, and done when the visit has ended |
| a visit that is held (\`hold\`), as for a lawsuit | is neither erased nor disposed of until it is released |
| what is recorded after the erasure | gets tokens by a key that is thrown away at once; the text is not stored |
| the copies that the host declared (\`copies\`) | each is asked to forget; the erasure says which have and which have not, and is not confirmed while one is missing |
| tokens | stay. They say which texts of the person in that visit were equal, or equal but for case, and no more of the text |
| envelopes | stay, closed. Their size shows, rounded up to 64 bytes |

It does not reach:

- what *stays* on this page: times, ids of staff and of messages, fixed words, proofs;
- what is not listed, since it is no free text: quantities, answers of yes or no, and words of a fixed list, such as the title *don* or
  *doña*, the kind of the document that was shown, or the decision of an instruction;
- acts that were stored before \`auxilio/privacy\` was used;
- the files of photographs, which are not in the log: only their hash is;
- what left with its texts in clear and was not declared: reports on paper or sent, opened exports, phones that have not called since,
  records of other systems.

An erasure is not undone. If data of the same person have to be recorded in the same visit later, the host may give them a new key (\`revive\`): what came
before stays erased.

## Laws

This page gives what these laws usually ask for. What they require in a case is for a lawyer to say, not for the library.

- Ley de Protección de la Persona frente al Tratamiento de sus Datos Personales, n.º 8968.
- Ley del Sistema Nacional de Archivos, n.º 7202.`,
  columns: ['field', 'whose', 'what for', 'who reads it', 'what remains in its place'],
  headings: { every: 'In every act', metadata: 'Beside each act' },
  notes: {
    every: 'The four data that each act has, of any type.',
    metadata: 'What the library and devices add to an act. Nothing is judged by it.',
  },
  onlyCommon: 'Only the data of every act.',
  events: acts.events,
  holders: {
    client: 'the client',
    representative: 'the representative',
    provider: 'the provider',
    recorder: 'who recorded it',
  },
  purposes: {
    identify: 'to know who it is',
    locate: 'to find the address',
    serve: 'to do the work that was asked for',
    communicate: 'to communicate',
    prove: 'to prove what happened',
    supervise: 'to supervise the service',
  },
  readers: {
    provider: 'provider',
    'contact-center': 'contact center',
    client: 'client',
    auditor: 'auditors',
  },
  everyone: 'all',
  reasons: {
    'identifier-of-the-host': [
      'id of the host',
      'the host gives it to a visit or a photograph; without its other systems it says nothing of a person',
    ],
    'identifier-of-staff': ['id of staff', 'it says who answers for the act'],
    'identifier-of-a-message': ['id of a message', 'a repeat is recognised by it'],
    time: ['time', 'rules, terms and the order of acts depend on it'],
    'word-of-the-protocol': ['word of the protocol', 'it is the name of a rule or a clause, the same for all visits'],
    'word-of-the-policy': ['name of a policy', "it is the host's, the same for many visits"],
    proof: ['hash', 'it proves which edition or content stands, and the seal depends on it'],
  },
  kept: { heading: 'What stays, and why', columns: ['what stays', 'why'] },
  stored: {
    'text-token': 'a token',
    'hash-token': 'a token of the hash',
    nothing: 'nothing',
  },
  stays: (reason) => `stays: ${reason}`,
  except: (remains, words) => `${remains}; these words stay, since they are fixed: ${words}`,
  clientAlone: (remains, words, reason) =>
    `${remains} if it is the client's, but for the word ${words}; that of staff stays: ${reason}`,
  policy: 'the activities that the policy allows',
  and: ' and ',
  fields: {
    visitId: 'id of the visit',
    at: 'time of the act',
    'by/id': 'id of its author',
    'recordedBy/id': 'id of its recorder, if another',
    caseNumber: 'case number',
    'client/name': 'name of the client',
    'provider/id': 'id of the provider',
    'provider/name': 'name of the provider',
    service: 'service that was asked for',
    instructions: 'notes for the provider',
    place: 'address',
    arriveBy: 'latest arrival time',
    requiredShots: 'photographs asked for, by name',
    edition: 'edition of the protocol',
    policyId: 'policy',
    expectedArrival: 'expected time of arrival',
    detail: 'detail',
    channel: 'channel of the notice or the sending',
    position: 'position of the device',
    credentialId: 'number of the credential',
    'call/at': 'time of the call',
    'call/reference': 'reference of the call',
    'call/operatorId': 'id of the operator who took the call',
    text: 'text of the decision',
    'representative/name': 'name of the representative',
    where: 'where the fault is',
    'photos/photoId': 'id of each photograph',
    'photos/sha256': 'hash of each photograph',
    'photos/takenAt': 'time of each photograph',
    'photos/mediaType': 'format of each photograph',
    'photos/shot': 'name of each shot',
    photoIds: 'ids of the photographs',
    appUnavailableReason: 'why the app was not used',
    diagnosis: 'assessment of the service',
    method: 'method of the work',
    'materials/item': 'name of each material',
    'materials/unit': 'unit of each material',
    'materials/kind': 'kind of each material',
    'materials/quality': 'quality of each material',
    'items/item': 'name of each material supplied',
    'items/unit': 'unit of each material supplied',
    'mismatches/item': 'material that does not fit',
    'mismatches/reasons': 'in what it does not fit',
    'mismatches/note': 'note on it',
    reason: 'reason',
    tools: 'tools that were shown',
    moved: 'things that were moved',
    reference: 'reference of the record of the call',
    'notice/at': 'time of the notice',
    'notice/reference': 'reference of the notice',
    'notice/operatorId': 'id of the operator who took the notice',
    returnExpected: 'expected time of return',
    'tests/name': 'name of each test',
    what: 'account of what happened',
    items: 'belongings that were shown',
    disputed: 'belongings in dispute',
    noticedAt: 'time when it was noticed',
    activity: 'off-contract act that was performed',
    recorded: 'time on record',
    corrected: 'correct time',
    discrepancyId: 'id of the discrepancy',
    'acts/commandId': 'id of each reported act',
    'acts/violations/rule': 'rule that refused each act',
    'acts/violations/clause': 'clause of that rule',
    'acts/despite': 'permission by telephone for each act',
    'acts/device': 'device of each act',
    'acts/enteredAt': 'time of entry of each act',
    'acts/signature': 'signature of each act',
    'facts/recorded': 'time of the fact',
    'facts/what': 'what the client denies, in their words',
    'metadata/eventId': 'id of the stored act',
    'metadata/commandId': 'id of the request',
    'metadata/commandHash': 'hash of the request, in old logs',
    'metadata/recordedAt': 'time when it was stored',
    'metadata/previousHash': 'hash of the act before',
    'metadata/hash': 'hash of the act',
    'metadata/despite': 'permission by telephone: by whom, and why',
    'metadata/device': 'device on which it was recorded',
    'metadata/enteredAt': 'time of entry',
    'metadata/signature': 'signature of the act',
    'metadata/recorder/id': 'id of the sender',
    'metadata/source': 'what another system had beside the act',
  },
  end: `## Acts within a discrepancy

A report of a discrepancy has whole acts. Each of their data is treated as that of the act of its type on this page, by the keys of the same
persons.

## Signed

I have read this page, and the decisions in it are those of the institution.

| | |
|---|---|
| institution | |
| name | |
| position | |
| date | |
| signature | |
`,
};
