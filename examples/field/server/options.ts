import { parseArgs } from 'node:util';

export type Options = Readonly<{
  port: number;
  folder?: string;
  password?: string;
  database?: string;
  wrappingKeys?: string;
  origin?: string;
}>;

export type Asked = Readonly<{ options: Options } | { help: string } | { refused: string }>;

const usage = `Uso: npm run field -- [opciones]
  --port N           el puerto en 127.0.0.1 (4600; 0 para cualquiera libre)
  --folder CARPETA   donde quedan los datos y las fotografías; sin ella, una temporal
  --password CLAVE   la contraseña de las personas de la demostración; sin ella, una al azar
  --help             imprime esta ayuda

DATABASE_URL: una base de Postgres en vez de un archivo de SQLite; con --folder, donde quedan las claves y las fotografías.
FIELD_WRAPPING_KEYS: dónde guardar las claves maestras de los datos personales, aparte de la carpeta y de sus copias; sin ella, al lado de la carpeta.
FIELD_ORIGIN: la dirección pública, por ejemplo https://visitas.example, detrás de un proxy que pone X-Forwarded-For.`;

/** The parsed command line and environment. */
export function optionsOf(args: readonly string[], env: NodeJS.ProcessEnv): Asked {
  try {
    const string = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { port: string, folder: string, password: string, help: { type: 'boolean', default: false } },
    });
    if (values.help) return { help: usage };
    const port = values.port ?? '4600';
    if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
      return { refused: `--port es un número de 0 a 65535.\n\n${usage}` };
    const { folder, password } = values;
    const { DATABASE_URL: database, FIELD_ORIGIN: origin, FIELD_WRAPPING_KEYS: wrappingKeys } = env;
    // In a temporary folder the keys would be lost, and with them the texts of the database.
    if (database && !folder) return { refused: `DATABASE_URL necesita --folder: ahí quedan las claves.\n\n${usage}` };
    return {
      options: {
        port: Number(port),
        ...(folder && { folder }),
        ...(password && { password }),
        ...(database && { database }),
        ...(wrappingKeys && { wrappingKeys }),
        ...(origin && { origin: new URL(origin).origin }),
      },
    };
  } catch (error) {
    return { refused: `${error instanceof Error ? error.message : error}\n\n${usage}` };
  }
}
