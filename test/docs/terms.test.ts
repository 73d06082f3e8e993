import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { clauses } from '../../src/index.ts';

/** A word that must not occur, what to use in its place, and the texts that may have it, each with its reason. */
type Term = readonly [word: RegExp, use: string, except?: Readonly<Record<string, string>>];

const workArea = 'the area of the work, which the document calls so';
const login = 'the one who logs in, who is a provider or of the center';
const choice = 'a text of their own, after the choices of a field, which has a name';
const position = 'a position in a log or a cell, not where the work is done';

const spanish: readonly Term[] = [
  [/cierre(?! la aplicación)/i, 'conclusión'],
  [/^complet[ao]$|visita (esté )?completa/i, 'concluida'],
  [/contratiempo|percance|imprevisto/i, 'inconveniente'],
  [/\bsitios?\b/i, 'lugar'],
  [
    /área/i,
    'lugar',
    {
      'Área revisada': workArea,
      'Área despejada': workArea,
      '## Área revisada': workArea,
      '## Área despejada': workArea,
      'revisar el área': workArea,
      'despejar el área': workArea,
      'el despeje del área': workArea,
      'Revise el área con el cliente presente.': workArea,
      'No constaba la revisión del área.': workArea,
      'No constaba que se hubiera despejado el área.': workArea,
      '¿Me acompaña a revisar el área{, $}? Con permiso, también voy a tomar unas fotos.': workArea,
      'El proveedor avisa que revisará el área con el cliente y tomará las fotografías pedidas.': workArea,
      'El proveedor revisa el área de la reparación con el cliente presente.': workArea,
    },
  ],
  [/interrump|suspen[ds]/i, 'pausa, segunda visita'],
  [/hora (acordada|prometida|máxima|prevista)|llegada prometida|llegar antes/i, 'hora límite de llegada'],
  [/asistencia/i, 'auxilio domiciliar'],
  [/[Cc]entro de contacto/, 'Centro de Contacto'],
  [/call center|centro de (llamadas|atención|servicio)/i, 'Centro de Contacto'],
  [/credencial|gafete|carnet/i, 'carné'],
  [/exención|exonera|exim/i, 'dispensa'],
  [/violaci|infracci|faltas? al protocolo/i, 'incumplimiento, hallazgo'],
  [/(número|n\.º) de caso/i, 'número de expediente'],
  [/fuera de contrato|actividad adicional/i, 'gestión adicional'],
  [
    /asegurado(?!ra)|usuario/i,
    'cliente',
    {
      Usuario: login,
      'El usuario o la contraseña no coinciden.': login,
      'Este usuario no es de un proveedor. Entre por la consola.': login,
      'Este usuario es de un proveedor. Entre por el teléfono.': login,
    },
  ],
  [/técnico|contratista/i, 'proveedor'],
  [/\be-?mail\b|\bpor correo(?! electrónico)/i, 'correo electrónico'],
  [/\bapp\b/i, 'aplicación'],
  [/bitácora/i, 'registro'],
  [/deud|(quién|nadie|se) debe(?! [a-z]*[aei]r)/i, 'pendiente, responsable: a deuda beside payments is money'],
  [/planilla/i, 'hoja de pagos: a planilla is a payroll in Costa Rica'],
  [/(?<!\p{L})(tú|ti|tu|tus|vos|usá|podés|tenés|querés|indicá|mirá)(?!\p{L})/iu, 'usted'],
  [/(?<!se )(había|ha|hubiera) iniciado|(trabajo|servicio|visita) inició/i, 'se inició: a visit is started by someone'],
  [
    /(?<!\p{L})(pída|déje|muéstre|entrégue)(lo|la)s? (al cliente|a la clienta)/iu,
    'pídaselo, with the pronoun of the client',
  ],
  [/acuse de recibo del inconveniente/i, 'acuse de recibo del aviso'],
  [/espere al Centro de Contacto/i, 'espere las indicaciones del Centro de Contacto'],
  [/(?<!\p{L})trat\p{L}+ de (don|doña)(?!\p{L})/iu, 'tratar al cliente de don o doña'],
  [/asign\p{L}* (\p{L}+ )*a otro(?! proveedor)/iu, 'asignar a otro proveedor'],
  [/rigen (documentos|expedientes)/i, 'rigen para los documentos'],
  [/(^|[ ,;]o (pida|dé) )otr[ao]$/i, 'otra falta, otra decisión, otro motivo', { Otro: choice }],
  [/^[^¿]*\?/, '¿…?'],
  [/^[^¡]*!/, '¡…!'],
  [/ {2}/, 'one space'],
];

const english: readonly Term[] = [
  [/closing call/i, 'completion call'],
  [/setback|incident|trouble/i, 'issue', { 'We are sorry for the trouble.': 'an apology to the client' }],
  [
    /\bplaces?\b/i,
    'site',
    {
      'this act is out of its place': position,
      'Places where the seal is broken': position,
      'The numbers are the places in the log, from 1.': position,
      'has quotation marks in the wrong place': position,
      'holds a formula in place of its value': 'instead of',
      place: position,
    },
  ],
  [/interrupt|suspend/i, 'pause, second visit'],
  [/agreed time|promised|arrive by/i, 'latest arrival time'],
  [/contact centre|call cent(er|re)/i, 'contact center'],
  [/\bbadge|ID card/i, 'credential'],
  [/exempt|excuse/i, 'waive'],
  [/\bmak\w+ (the |them|quality )?tests?/i, 'run the tests'],
  [/\bCase$|without a case$/, 'case number'],
  [/additional act/i, 'off-contract act'],
  [
    /\binsured|customer|\buser\b/i,
    'client',
    {
      User: login,
      'The user or the password is wrong.': login,
      'This user is not a provider. Log in on the console.': login,
      'This user is a provider. Log in on the phone.': login,
    },
  ],
  [/technician|contractor/i, 'provider'],
  [/\bemail\b/i, 'e-mail'],
  [/\bdebt|\bow(e|es|ed|ing)\b/i, 'pending, responsible: a debt beside payments is money'],
  [/photograph|pictures?\b/i, 'photo'],
  [/\b(his|her|him|he|she)\b/i, 'they, or a role'],
  [/ {2}/, 'one space'],
];

/** The texts of a catalogue, with `{}` for placeholders; without keys, types, paths of modules and the names of facts. */
function textsOf(path: string): readonly string[] {
  const file = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTemplateExpression(node)) {
      found.push(node.head.text + node.templateSpans.map(({ literal }) => `{}${literal.text}`).join(''));
    } else if (ts.isStringLiteralLike(node) && !isCode(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.map((text) => text.replaceAll(/\$#?\w+/g, '$$')).filter(Boolean);
}

const isCode = (node: ts.Node): boolean =>
  ts.isImportDeclaration(node.parent) ||
  ts.isExportDeclaration(node.parent) ||
  ts.isLiteralTypeNode(node.parent) ||
  (ts.isBinaryExpression(node.parent) && node.parent.operatorToken.kind !== ts.SyntaxKind.PlusToken) ||
  (ts.isPropertyAssignment(node.parent) && node.parent.name === node);

const folders = ['src/words', 'src/report/words', 'src/cli/words', 'src/wire'];

/** The texts of the screens of the example, which people read beside those of the library. */
const screens = (name: 'words' | 'words-en') =>
  ['phone', 'console', 'client'].map((screen) => `examples/field/${screen}/src/${name}.ts`);

const catalogues = (language: 'es-cr' | 'en'): readonly string[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => new RegExp(`(^|/)${language}(-[a-z-]+\\.ts|\\.ts|/[a-z-]+\\.ts)$`).test(name))
      .map((name) => `${folder}/${name}`),
  );

/** The sentences and cells of the pages in Spanish that are written by hand; the others are made of the catalogues. */
const spanishPages = (): readonly string[] =>
  readdirSync('docs/es-CR')
    .filter((page) => !/^(?:clausulas|reglas)/.test(page))
    .map((page) => readFileSync(`docs/es-CR/${page}`, 'utf8').replaceAll(/^```.*?^```|`[^`\n]*`|\]\([^)]*\)/gms, ''))
    .flatMap((text) => text.replaceAll(/\n *(?![\n |#*\d-])/g, ' ').split(/[.:;]\s+|\n+|\s*\|\s*/))
    .map((text) => text.trim())
    .filter(Boolean);

/** The words of the glossary in Spanish. */
const glossaryInSpanish = (): readonly string[] =>
  [...readFileSync('docs/glossary.md', 'utf8').matchAll(/^\|[^|]+\| ([^|]+) \|/gm)].flatMap(([, words = '']) =>
    words.split(', '),
  );

const wrongIn = (texts: readonly string[], terms: readonly Term[]): readonly string[] =>
  texts.flatMap((text) =>
    terms.flatMap(([word, use, except = {}]) => (word.test(text) && !(text in except) ? [`${text} → ${use}`] : [])),
  );

describe('one term for one thing', () => {
  const said = {
    'es-CR': [
      ...[...catalogues('es-cr'), ...screens('words')].flatMap(textsOf),
      ...clauses.map(({ text }) => text['es-CR']),
      ...spanishPages(),
      ...glossaryInSpanish(),
    ],
    en: [...[...catalogues('en'), ...screens('words-en')].flatMap(textsOf), ...clauses.map(({ text }) => text.en)],
  };

  it('in all that is said in Spanish', () => {
    expect(said['es-CR'].length).toBeGreaterThan(700);
    expect(wrongIn(said['es-CR'], spanish)).toEqual([]);
  });

  it('in all that is said in English', () => {
    expect(said.en.length).toBeGreaterThan(700);
    expect(wrongIn(said.en, english)).toEqual([]);
  });

  it('a text that breaks the rule is found', () => {
    const wrong = [
      'El trabajo inició tarde.',
      'Faltan materiales; pídalos al cliente.',
      'El Centro asigna el servicio a otro.',
      'otra',
      'Falta la llamada de cierre.',
      'Avise al centro de contacto.',
      'Revise el área.',
      'Dónde está?',
      'Quién debe',
      'Deudas',
    ];
    expect(wrongIn(wrong, spanish)).toHaveLength(wrong.length);
    expect(wrongIn(['Make the tests.', 'Case', 'The place', 'Owed'], english)).toHaveLength(4);
  });

  it('each exception is used', () => {
    const exceptions = (terms: readonly Term[]) => terms.flatMap(([, , except = {}]) => Object.keys(except));
    expect(exceptions(spanish).filter((text) => !said['es-CR'].includes(text))).toEqual([]);
    expect(exceptions(english).filter((text) => !said.en.includes(text))).toEqual([]);
  });
});

describe('plain technical English', () => {
  const banished =
    /\b(whoever|thereof|anew|mended|(?<!there )(is|are) none|sets? aside|somebody|(?<!`)nobody|his own|followers?)\b/i;
  const filesIn = (folder: string, ending: string): readonly string[] =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(ending) && !/node_modules|^reference|^dist/.test(name))
      .map((name) => `${folder}/${name}`);
  const comments = ['src', 'test', 'scripts', 'examples']
    .flatMap((folder) => filesIn(folder, '.ts'))
    .flatMap((path) =>
      [...readFileSync(path, 'utf8').matchAll(/^[ \t]*\/\*\*([\s\S]*?)\*\//gm)].map(([, text = '']) => ({
        path,
        text: text.replaceAll(/\s+(\* ?)?/g, ' ').trim(),
      })),
    );

  it('in every page and changeset', () => {
    const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'SECURITY.md'];
    const lines = [...pages, ...filesIn('docs', '.md'), ...filesIn('.changeset', '.md')].flatMap((path) =>
      readFileSync(path, 'utf8')
        .split('\n')
        .map((line) => `${path}: ${line}`),
    );
    expect(lines.filter((line) => banished.test(line))).toEqual([]);
  });

  it('in every docstring, which begins with a verb or a noun', () => {
    expect(comments.length).toBeGreaterThan(3000);
    const wrong = ({ text }: { text: string }) =>
      banished.test(text) || /^(What|How|Whether|Who|Which|Where|When|That)\b/.test(text);
    expect(comments.filter(wrong)).toEqual([]);
  });
});
