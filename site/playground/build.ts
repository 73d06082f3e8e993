/** Builds the playground: the page, the same as one file, and the element to embed. `npm run playground [folder]` */
import { createHash } from 'node:crypto';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';

const root = fileURLToPath(new URL('.', import.meta.url));
const outDir = process.argv[2] ?? fileURLToPath(new URL('../dist/playground', import.meta.url));

/** What may be transferred before a file is opened, of all views together. */
const budget = 250_000;
/** The view whose parts are loaded with a file. */
const byFile = 'src/file/index.tsx';

type Output = Rolldown.RolldownOutput['output'];
type Chunk = Extract<Output[number], { type: 'chunk' }>;

const sizeOf = (part: Output[number]): number => gzipSync(part.type === 'chunk' ? part.code : part.source).length;

/** The chunks that are loaded before a file is opened. */
function loadedFirst(output: Output): readonly Chunk[] {
  const chunks = new Map(output.flatMap((part) => (part.type === 'chunk' ? [[part.fileName, part] as const] : [])));
  const found = new Set<Chunk>();
  const follow = (name: string) => {
    const chunk = chunks.get(name);
    if (chunk === undefined || found.has(chunk)) return;
    found.add(chunk);
    const isView = chunk.isEntry || chunk.facadeModuleId?.endsWith('index.tsx') === true;
    const later = chunk.facadeModuleId?.endsWith(byFile) === true || !isView ? [] : chunk.dynamicImports;
    for (const next of [...chunk.imports, ...later]) follow(next);
  };
  for (const chunk of chunks.values()) if (chunk.isEntry) follow(chunk.fileName);
  return [...found];
}

async function buildPage(): Promise<void> {
  const { output } = (await build({ root, logLevel: 'warn', build: { outDir } })) as Rolldown.RolldownOutput;
  const others = output.filter((part) => part.type === 'asset');
  const first = [...loadedFirst(output), ...others].map((part) => [part.fileName, sizeOf(part)] as const);
  const total = first.reduce((sum, [, size]) => sum + size, 0);
  for (const [name, size] of first) console.log(`${String(size).padStart(8)}  ${name}`);
  console.log(`${String(total).padStart(8)}  bytes before a file is opened, of ${budget}`);
  if (total > budget)
    throw new Error(`The playground transfers ${total} bytes before a file is opened; ${budget} at most`);
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Writes the page with all of its parts in one file, which asks for nothing. */
async function buildOneFile(): Promise<void> {
  const { output } = (await build({
    root,
    logLevel: 'warn',
    mode: 'one-file',
    build: { write: false, cssCodeSplit: false, rolldownOptions: { output: { codeSplitting: false } } },
  })) as Rolldown.RolldownOutput;
  const code = output.flatMap((part) => (part.type === 'chunk' ? part.code : [])).join('');
  const style = output.flatMap((part) =>
    part.fileName.endsWith('.css') ? String((part as { source: unknown }).source) : [],
  );
  const script = code.replaceAll('</script', '<\\/script').replaceAll('<!--', '\\x3c!--');
  const html = (await readFile(join(root, 'index.html'), 'utf8'))
    .replace(/<script type="module"[\s\S]*?<\/script>/, () => `<script type="module">${script}</script>`)
    .replace("script-src 'self'", () => `script-src ${hashOf(script)}`)
    .replace("style-src 'self'", 'style-src')
    .replace('</head>', () => `<style>${style.join('')}</style></head>`);
  await writeFile(join(outDir, 'auxilio-playground.html'), html);
}

/** Writes the element that other pages embed, as one script. */
async function buildElement(): Promise<void> {
  const { output } = (await build({
    root,
    logLevel: 'warn',
    build: {
      write: false,
      rolldownOptions: {
        input: join(root, 'src/embed/auxilio-visit.tsx'),
        output: { codeSplitting: false, format: 'iife' },
      },
    },
  })) as Rolldown.RolldownOutput;
  const [code = ''] = output.flatMap((part) => (part.type === 'chunk' ? part.code : []));
  await writeFile(join(outDir, 'auxilio-visit.js'), code);
  console.log(`${String(gzipSync(code).length).padStart(8)}  auxilio-visit.js`);
}

await rm(outDir, { recursive: true, force: true });
await buildPage();
await buildOneFile();
await buildElement();
