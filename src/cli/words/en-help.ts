type CommandHelp = { readonly summary: string; readonly details?: string };

const helpOf = <Name extends string>(commands: Readonly<Record<Name, CommandHelp>>) => commands;

export const helpEn = {
  about: 'Reads logs of home-assistance visits and says, clause by clause, whether they followed the protocol.',
  headings: {
    usage: 'Usage:',
    arguments: 'Arguments:',
    options: 'Options:',
    everywhere: 'Options of every command:',
    commands: 'Commands:',
    examples: 'Examples:',
  },
  /** The placeholders for options and for a command in the line of usage. */
  placeholders: { options: 'options', command: 'command' },
  commands: helpOf({
    audit: {
      summary: 'audits a log visit by visit, or a foreign sheet with --map',
      details:
        'Reads NDJSON: one event a line, the visits one after the other or interleaved. Each file is a log of its own. ' +
        'A file is read twice, and memory does not grow with its size; standard input is read once and held to its end.' +
        '\n\nExits with 0 when all is clean, with 1 when there are findings, lines that could not be read ' +
        'among them, with 2 when a file could not be read, held no event, or the command was typed wrongly.',
    },
    show: { summary: 'shows the acts of each visit, in local time, with their findings' },
    guide: { summary: 'says what a person may do now in a visit, what to say, and why the rest may not be done' },
    dossier: { summary: 'shows what the log of each visit proves, clause by clause' },
    payments: {
      summary: 'writes a payment sheet: one row a visit, and totals by provider',
      details:
        'Each row has the case number, the provider, the minutes worked, the verdict of each payment clause, the visits to ' +
        'the site, the arrivals without service, whether it is payable, and why not. A table unless told otherwise; --json ' +
        'writes one line a visit, and one with the totals. A value that a spreadsheet would take for a formula is made a text.' +
        '\n\nExits with 0 when it is written, with 1 when a seal is broken, a visit that has a head is missing, lines were left out or a visit stands in two files, with 2 when it could not be made.',
    },
    report: { summary: 'writes an HTML report, of one visit or of several' },
    schema: { summary: 'writes the JSON Schema of the messages' },
    clauses: { summary: 'tells the clauses of the protocol in words of our own' },
    explain: {
      summary: 'says in words a rejection, a violation or a finding that is JSON',
      details:
        'Takes what decide answers when it refuses, one of its violations, or what audit --json writes: a finding, a line or all of it.',
    },
    simulate: { summary: 'writes the events of simulated visits, the same each time for the same seed' },
    explore: {
      summary: 'searches every state of a visit for what is wrong with a policy',
      details: 'The reduced search takes about a minute, the full one several.',
    },
    sheet: {
      summary: 'proposes a mapping of a foreign sheet (sheet guess)',
      details:
        'Guesses by the headings, in Spanish or English, and the cells: the delimiter, the order of day and month, and what ' +
        'each word of the act means. Always writes a draft of the mapping, for --map: "ignored" has the columns that it does not read, ' +
        '"act.undecided" the words that are unknown or may be several acts. On standard error it says what is left to decide and ' +
        'what the events still lack. Read it before you use it.\n\n' +
        'Exits with 0 when nothing is left to decide, with 1 when something is, with 2 when the file is no sheet.',
    },
    store: {
      summary: 'copies a SQLite store while others write to it (store backup)',
      details:
        'The copy is one file with all that was acknowledged before it began; it is checked whole before it gets its name. ' +
        'A file that exists is not written over. It needs better-sqlite3, ' +
        'or Node 24.18.1, 26.5.1 or later.\n\n' +
        'Exits with 0 when the copy is made, with 2 when it is not.',
    },
    privacy: {
      summary: 'reports, erases, disposes of and holds the personal data of a store',
      details:
        'The store and the keys are SQLite files or postgres: addresses. What erases says what it will do and asks; without a terminal ' +
        'it does nothing but with --yes. report: the acts of a visit with their texts, as JSON. erase: the key of a person in a visit, of ' +
        'its client unless --subject names another. due: when each visit may be disposed of, by --table. dispose: the keys of all persons ' +
        'of a visit; its record is JSON, and with --page a page to sign. hold: nothing of a visit is erased until --release. rotate: wraps all keys again, so that old backups of ' +
        'them open nothing.\n\n' +
        'Exits with 0 when it was done, or only said, with 2 when it is refused or could not be read.',
    },
    verify: {
      summary: 'verifies the receipt of a client (verify receipt)',
      details:
        'Recomputes the hashes of its lines, and verifies the signatures of what the client said. With --log it also says if the log ' +
        'still has those lines and those facts; without it, a line of which the receipt has the hash alone may be anything.\n\n' +
        'Exits with 0 when the receipt is sound, with 1 when it is not, with 2 when the file is no receipt or could not be read.',
    },
    completion: {
      summary: 'writes the script by which bash, zsh or fish complete commands',
      details:
        'Completes commands, options, values and files. In bash: source <(auxilio completion bash) in ~/.bashrc; in zsh: save it as ' +
        '_auxilio in a folder of fpath; in fish: save it as ~/.config/fish/completions/auxilio.fish.',
    },
  }),
  options: {
    json: 'writes JSON (one line a visit, where there are several), for other programs',
    locale: 'language: es-CR unless said otherwise, or en',
    quiet: 'writes nothing but errors; the result is the exit code',
    help: 'shows this help',
    version: 'shows the version',
    log: 'the log that the receipt is compared with; of several visits, that of the receipt is taken',
    map: 'the file is a sheet; this JSON says how it is read',
    sort: 'takes the rows of the sheet from the oldest to the newest',
    policy: 'the policy that judged the visits, as JSON',
    head: 'a head that was exported: the log must still lead to it; of several visits, one a line with its visitId',
    holdings:
      'the photos that the host has, one a line ({"sha256","since","mediaType","bytes"}): shows those that are missing',
    all: 'shows clean visits, measures and waivers too',
    workers: 'how many threads share a log; 1 unless said otherwise. What is said stays the same',
    visit: 'this visit alone',
    role: 'who asks: provider, contact-center or client',
    actor: 'their id; that of the assigned provider, unless said otherwise',
    now: 'what time it is, for the greeting (2026-03-17T08:00:00-06:00)',
    until: 'up to when what is still open is counted (2026-03-17T18:00:00-06:00)',
    output: 'where it is written; - is standard output',
    force: 'replaces a file that exists',
    photoUrl: 'links the photos; {photoId} and {sha256} stand for those of each',
    newOutput: 'where it is written; a file that exists is not written over',
    csv: 'writes CSV (UTF-8, commas)',
    findingsCsv: 'writes a CSV table (UTF-8, commas), one finding a row; with --all the remarks, too',
    xlsx: 'writes an Excel workbook, with a sheet of visits and one of providers',
    totals: 'the totals by provider alone',
    title: 'the title of the report',
    commandType: 'that of this command alone (StartWork)',
    eventType: 'that of this event alone (WorkStarted)',
    visits: 'how many visits',
    seed: 'the seed; 1 unless said otherwise',
    offline: 'phones that are offline for stretches, facts told twice, and mistakes that are corrected',
    full: 'the full search, not the reduced one',
    keys: 'the store of the keys',
    wrapping: 'the path of the files of the keys that wrap them, without .epoch-1',
    subject: 'client, representative, provider/ID or operator/ID',
    table: 'the retention table, as JSON',
    by: 'the id of the operator who does it',
    reason: 'the reason, in words; it is stored in clear and stays, so it names no person',
    askedBy: 'the id of the operator who asked for a disposal',
    page: 'where the record of a disposal is written as a page to sign; a file that exists is not written over',
    release: 'ends the hold',
    yes: 'does it without asking',
    limit: 'about how many states are looked at, at most',
  },
  arguments: {
    files: 'logs; - or none is standard input',
    file: 'a log; - or none is standard input',
    clause: 'a clause, such as 1.1-19; without one, all',
    refusal: 'a file with the refusal; - or none is standard input',
    sheetAction: 'guess: propose a mapping',
    sheetFile: 'the sheet: CSV, or JSON objects',
    verifyAction: 'receipt: verifies the receipt of a client',
    verifyFile: 'the receipt; - is standard input',
    privacyAction: 'report, erase, due, dispose, hold or rotate',
    privacyStore: 'the store of the visits',
    storeAction: 'backup: makes a copy',
    storeSource: 'the file of the store',
    shell: 'bash, zsh or fish',
    storeTarget: 'the new file of the copy',
  },
  helpCommand: 'shows the help of a command',
  /** The description of an option that must be given. */
  required: (description: string) => `${description} (required)`,
};
