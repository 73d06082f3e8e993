import { parseArgs } from 'node:util';

export type Options = Readonly<{ port: number; file?: string; demo: boolean }>;

export type Asked = Readonly<{ options: Options } | { help: string } | { refused: string }>;

const usage = `Uso: npx tsx examples/05-server/main.ts [opciones]
  --port N        el puerto en 127.0.0.1 (3000; 0 para cualquiera libre)
  --file ARCHIVO  un archivo de SQLite, y las fotografías en ARCHIVO.photos; sin él, todo vive en memoria
  --demo          hace unas llamadas, imprime las respuestas y termina
  --help          imprime esta ayuda

AUXILIO_SECRET firma los tokens; sin ella, uno al azar.`;

/** The parsed command line. */
export function optionsOf(args: readonly string[]): Asked {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        file: { type: 'string' },
        demo: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) return { help: usage };
    const port = values.port ?? (values.demo ? '0' : '3000');
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
      return { refused: `--port es un número de 0 a 65535.\n\n${usage}` };
    }
    return { options: { port: Number(port), demo: values.demo, ...(values.file && { file: values.file }) } };
  } catch (error) {
    return { refused: `${error instanceof Error ? error.message : error}\n\n${usage}` };
  }
}
