/** For each case that no saboteur names as its own: a fault of the list that it notices. */
export const alsoKills: Readonly<Record<string, string>> = {
  'listen: and each of several writers': 'a listener is woken by the clock alone',
  'append: an event without an id, or without metadata, gets an id of its own':
    'an append is acknowledged before it is written',
  'expectations: an expectation that no stream can meet is a conflict':
    'a version that is too high is taken for the present one',
  'expectations: what was refused in a conflict may be appended after it': 'a refused event keeps its id',
  'conflicts: a refused read says the same': 'a read is not judged',
  'conflicts: an append that lost a race says the same': 'no expected version is looked at',
  'lastEventId: the conflict says both ids, and is one of version by its codes':
    'a conflict does not say what there is',
  'lastEventId: a repeat is answered as the first time, whatever event it expects':
    'a repeat is judged by the version that it expects',
  'racing: of many appends at version 0 exactly one wins': 'the version is read, then the events are written',
  'racing: appends that expect nothing all get in, each whole':
    'one append at a time in the whole store, the others are refused',
  'racing: writers over several streams that try again all get in': 'a refused event keeps its id',
  'reading: what was read is a prefix of all that is read later': 'an event tells when it was read',
  'ranges: a range of a stream of one event reports the whole stream': 'the version is that of the last event read',
  'ranges: a range of a missing stream is empty': 'a missing stream is an error',
  'backwards: backwards: false is forwards': 'a maxCount of 0 is none',
  'backwards: a missing stream is empty from its end too': 'a missing stream is an error',
  'backwards: the version and the existence are the whole stream’s': 'the version is that of the last event read',
  'positions: an empty append with that of the stream’s last event, or 0':
    'an append answers with the global position of its first event',
  'positions: on equal names the metadata of the store win': 'an event tells when it was read',
  'aggregate: the events are folded in their order, with their metadata': 'a batch is written last event first',
  'aggregate: a missing stream folds to the initial state, and is not made': 'a stream is made by reading it',
  'aggregate: it is judged by the version that it expects': 'a fold ignores what is to be read',
  'names: names that mean something in JavaScript': 'names fold case',
  'fidelity: the types of events are any texts': 'a batch is written last event first',
  'fidelity: only type, data and metadata of an event are kept': 'an append is acknowledged before it is written',
  'fidelity: an event of 2 MB and one that is 1,000 deep come back': 'a text is cut after 65,535 characters',
  'fidelity: the order of keys stays: generated data': 'keys are sorted',
  'fidelity: whatever JSON can hold comes back: generated data': 'U+0000 is dropped',
  'refusals: a stream name that is no text is refused': 'a stream is made by reading it',
  'refusals: an invalid expectation is refused': 'a read is not judged',
  'refusals: up- and downcasts are refused, not passed over': 'a stream is made by reading it',
  'refusals: a range that is negative, or no bigint, is refused': 'to leaves out its own position',
  'refusals: readStored refuses what readStream refuses': 'readStored ignores its range',
  'refusals: an invalid part of the feed is refused': 'a page has as many as there are',
  'refusals: a consumer, a projection and a key are texts that are not empty':
    'rows of all projections are in one table',
  'refusals: invalid rows are refused with their batch and with their move': 'rows are written after the events',
  'refusals: an invalid part of the rows is refused':
    'rows come in the order in which they are asked for: a page begins with its last row',
  'refusals: an expected revision is a whole number, and a place a cursor':
    'nobody looks at the revision of a checkpoint',
  'unbound: a store that was spread works': 'an append is acknowledged before it is written',
  'unbound: methods of the feed, the rows and the consumers work, taken from their store':
    'reset forgets the checkpoint alone',
  'idempotency: a batch of any size, at any position': 'a repeat is answered with where the stream stands now',
  'idempotency: a run within a stored batch, or over several, is a repeat too':
    'every append says that it made the stream',
  'idempotency: what JSON drops is no difference of content': 'an undefined field is null',
  'idempotency: other content in the middle of a batch is refused, and nothing is written':
    'an id that is taken is a repeat, whatever the content',
  'idempotency: stored events in another order, or with one left out, are another batch': 'every error is a conflict',
  'idempotency: the id of an event is the id that it is read with': 'ids are not looked at',
  'idempotency: one id with two contents at once: one of them is stored': 'what fails is answered as a success',
  'stored: a missing stream has no stored events': 'a stream is made by reading it',
  'stored: a stored event has its text, id and place, and nothing else': 'global positions are those of the stream',
  'stored: readStored knows the same names': 'names are normalised',
  'stored: a repeat with its keys in another order leaves the text as it was':
    'the texts of readStored are written anew, keys sorted',
  'feed: a subscription at the end sees what is appended then': 'two events of one append have one place',
  'feed: what was shown before a place is all that is ever shown before it': 'two events of one append have one place',
  'feed: a refused append shows nothing, and what follows it is shown':
    'a version that is too high is taken for the present one',
  'feed: a repeat shows nothing again': 'a repeat is written again',
  'held: appends may end in another order than they began': 'what is not committed is shown',
  'rows: of changes of one row in one append the last one holds': 'a row of null stays as it was',
  'rows: an empty append writes no rows': 'rows are written with a repeat too',
  'rows: pages of every size make up the whole, in one order': 'a row of null stays as it was',
  'rows: a page has 500 rows unless one asks for fewer or more': 'rows are not written with events',
  'rows: a body comes back as JSON has it': 'rows are not written with events',
  'rows: changes by a caller or a reader do not reach the rows': 'the caller’s events are kept',
  'rows: of racers, only the winner’s rows are there': 'rows are not written with events',
  'consumers: consumers do not know of each other, whatever they are called':
    'a new consumer stands at the end of the feed',
  'consumers: rows are written with the move, replaced and removed': 'rows of all projections are in one table',
  'consumers: a move that was begun before a reset is a conflict': 'nobody looks at the revision of a checkpoint',
  'effects: an effect runs once, with the move': 'the place of a consumer is rounded to the page',
  'effects: of many effects, those that throw leave the others as they are': 'what an effect throws is swallowed',
  'effects: the store goes on after an effect that threw': 'what an effect throws is swallowed',
  'transactions: of many moves of one revision, one note is kept': 'what an effect wrote is lost',
  'handles: a reader on one handle sees whole batches while the other appends': 'a handle keeps what it has read',
  'handles: of appends at one version exactly one wins, over both': 'STREAM_DOES_NOT_EXIST is ignored',
  'handles: writers on both that try again all get in': 'a refused event keeps its id',
  'handles: a repeat is known to both': 'a repeat is judged by the version that it expects',
  'handles: both show one feed, while both write': 'a page has as many as there are',
  'handles: of moves from one place exactly one is made, over both':
    'the revision is read, then the checkpoint is moved',
  'handles: each sees at once where the other moved a consumer': 'reset forgets the rows alone',
  'reopen: what was appended is there, and the counting goes on': 'the last event is lost when the store is reopened',
  'reopen: expected versions are judged by what was there': 'the last event is lost when the store is reopened',
  'crash: a batch whose outcome is unknown may be appended again, and is there once':
    'what was acknowledged last is lost in a crash',
  'processes: the last batch of a killed process may be appended again, and is there once': 'a repeat is written again',
};
