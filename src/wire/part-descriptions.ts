// Generated from the docstrings of src/messages by `npm run reference`; a test holds it to them.

/** Descriptions by name; the fields of a type under its name, the type itself under `self`. */
export type Descriptions = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Of the fields of the data of every event. */
export const common: Descriptions[string] = {
  visitId: 'The visit in which it happened.',
  at: 'Time when it happened, by the clock of the person who saw it; not when it was recorded.',
  by: "Person whose act it is. A client who did not record it themselves is `{ role: 'client', id: 'client' }`.",
  recordedBy: 'Person who recorded it, only where that was another one (0-02).',
};

/** Of the parts that messages share. */
export const parts: Descriptions = {
  Command: {
    self: 'A request to record an act: imperative, may be refused.',
    type: 'Type of the command.',
    data: 'Content of the command.',
    metadata: "Metadata: the actor and the command's id.",
  },
  Event: {
    self: 'An act that happened: past tense, never refused by `evolve`.',
    type: 'Type of the event.',
    data: "Content of the event: its command's, and the person whose act it is.",
    metadata: 'Metadata that a store and a service keep with it.',
  },
  Id: {
    self: 'The identifier of a visit, a provider, an operator, a photograph or a command: 1 to 128 of letters, digits and `. _ : / @ + -`, beginning with a letter or a digit.',
  },
  Instant: {
    self: 'A moment in UTC with milliseconds, `2026-03-09T14:05:00.000Z`. Two of them compare as strings.',
  },
  Text: {
    self: 'Text written by a person: NFC, not blank, without control or bidirectional marks.',
  },
  Sha256: {
    self: 'A SHA-256 as 64 lower-case hexadecimal digits.',
  },
  Signature: {
    self: 'A compact JWS without its payload, the act: at most 1,024 characters.',
  },
  Actor: {
    self: "One who acts. In a command it comes from the host's authenticated context, never from the data.",
    role: 'Role in which the person acts.',
    id: "Id of the person: the provider's, the operator's or the client's.",
  },
  Client: {
    self: 'The client as the contact center names them (1.1-13). Personal.',
    name: 'Full name.',
    title: 'Form of address of the client.',
  },
  Provider: {
    self: 'The provider to whom a visit is assigned (1.1-13, 1.2-12). The name is personal.',
    id: 'The id under which the provider acts.',
    name: 'Full name.',
    title: 'Form of address of the provider.',
  },
  Contact: {
    self: 'A contact with the contact center, made when it says: a call, or a notice.',
    at: 'Time of the contact.',
    reference: "Reference of the contact in the center's own records.",
    operatorId: 'The operator who answered.',
  },
  CommandMetadata: {
    self: 'Metadata of a command, from the host.',
    actor: "Person who records the act, from the host's authenticated context.",
    commandId: 'The key of idempotence: the same command sent twice has the same id.',
    despite: 'Person who let the act be done although the copy of the log refused it, and why. Personal; never judged.',
    device: 'Device on which it was recorded. Personal; never judged.',
    enteredAt: 'Time when it was entered on the device. Personal; never judged.',
    signature: 'Signature of the device on it. Personal; never judged.',
  },
  EventMetadata: {
    self: 'Metadata that a store and a service keep with an event. Without any, the event is of schema version 1.',
    despite: 'Person who let the act be done although the copy of the log refused it, and why. Personal; never judged.',
    device: 'Device on which it was recorded. Personal; never judged.',
    enteredAt: 'Time when it was entered on the device. Personal; never judged.',
    signature: 'Signature of the device on it. Personal; never judged.',
    schemaVersion: "The version of this event's schema; none means 1.",
    eventId: 'Unique in a store.',
    commandId: 'The command from which the event came.',
    commandHash:
      "SHA-256 of that command's content, as releases before 0.5.0 stored it. It is read and never compared.",
    recordedAt: 'Time when the service stored it, for mechanical purposes only; not when it happened.',
    previousHash: 'Of a sealed event: the hash of the event before it; the first of a log has none.',
    hash: 'Of a sealed event: SHA-256 of all the rest of it, as `auxilio/chain` computes it.',
  },
  Position: {
    self: 'A place on the globe, WGS 84. Personal.',
    latitude: 'Degrees north, -90 to 90.',
    longitude: 'Degrees east, -180 to 180.',
    accuracyMeters: 'Radius of uncertainty in metres, 0 or more.',
  },
  Representative: {
    self: 'An adult who stands in for the client. Personal.',
    name: 'Full name.',
  },
  Photo: {
    self: 'A reference to a photograph; its bytes are never in a message. Personal.',
    photoId: 'Unique in the visit, for ever (1.1-18).',
    sha256: 'The SHA-256 of the file.',
    takenAt: 'Time when it was taken; its lag until it is sent runs from here.',
    mediaType: 'The media type of the file, `image/jpeg`.',
    shot: 'Name of the required photograph that it is.',
  },
  Material: {
    self: 'A material that is asked for.',
    item: 'Its name; matched after NFC, trimmed, without regard to case.',
    quantity: 'Quantity: more than 0, at most three decimals, in `unit`.',
    unit: 'The unit of the quantity; pieces when absent.',
    kind: 'The kind that is needed.',
    quality: 'The quality that is needed.',
  },
  SuppliedItem: {
    self: 'A material that is there.',
    item: 'Its name; matched after NFC, trimmed, without regard to case.',
    quantity: 'Quantity: more than 0, at most three decimals, in `unit`.',
    unit: 'The unit of the quantity; pieces when absent.',
  },
  Mismatch: {
    self: 'A material that does not do.',
    item: 'Its name.',
    reasons: '`quantity`, `kind` or `quality`, at least one; anything else is refused with the clause (1.1-35).',
    note: 'The mismatch in words.',
  },
  Test: {
    self: 'A test of the finished work.',
    name: 'Name of the test.',
    passed: 'True if it passed.',
  },
  Despite: {
    self: "The permission for an act that the recorder's copy of the log refused, given by telephone. Personal.",
    by: 'Person of the contact center who gave it.',
    reason: 'The reason, in words.',
  },
  ReportedAct: {
    self: 'An act that was recorded apart and is not in the log: its event as `decide` would have made it, and what came of it when the log was reconciled (PROTOCOL §10).',
    data: "Content of the event: its command's, and the person whose act it is.",
    type: 'Type of the event.',
    despite: 'Person who let the act be done although the copy of the log refused it, and why. Personal; never judged.',
    device: 'Device on which it was recorded. Personal; never judged.',
    enteredAt: 'Time when it was entered on the device. Personal; never judged.',
    signature: 'Signature of the device on it. Personal; never judged.',
    commandId: 'The command from which it came.',
    on: 'The number of events in the log when it was judged.',
    violations: 'The rules that refused it, in the order of the protocol; none for a twin.',
    lawfulThen: 'True if it was lawful on what its recorder knew.',
    twinOf: 'Of a twin: the position in the log, from 1, of the event that tells the same fact.',
  },
  ReportedViolation: {
    self: 'A rule that refused a reported act, and the clause that it stands on.',
    rule: 'Id of the rule.',
    clause: 'Id of the clause.',
  },
  FactWord: {
    self: "A client's word on one fact.",
    fact: 'Fact that is meant.',
    recorded: 'Its time on record, which tells which one is meant.',
    agrees: 'True if the client says that it was so, false if they deny it.',
    what: 'Remark of the client on it, in their words. Personal.',
  },
};
