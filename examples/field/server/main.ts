/**
 * The visit on two screens: the provider's phone and the contact center's console. Run: `npm run field -- --help`
 */
import { fileURLToPath } from 'node:url';
import { buildScreen } from './build-screens.ts';
import { demoTemplates, demoUsers } from './demo.ts';
import { type Options, optionsOf } from './options.ts';
import { startFieldServer } from './server.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const apart = 'guárdelas en otro lugar que los datos y sus copias; sin ellas no se lee ningún dato personal.';
const clear =
  'Estos datos comenzaron sin claves y siguen sin ellas: los datos personales están en claro, y no se pueden borrar.';

async function run(options: Options): Promise<void> {
  for (const screen of ['../phone', '../console', '../client'])
    await buildScreen(here(screen), [here('../ui'), here('../../../src')]);
  const screens = {
    '/phone/': here('../phone/dist'),
    '/console/': here('../console/dist'),
    '/client/': here('../client/dist'),
    '/play/': here('../play'),
  };
  const onFailure = (error: unknown) => console.error(error);
  const server = await startFieldServer({ ...options, screens, isDemo: true, templates: demoTemplates, onFailure });
  console.log(`Teléfono:  ${server.url}/phone/`);
  console.log(`Consola:   ${server.url}/console/`);
  console.log(`Simulador: ${server.url}/play/`);
  console.log(`\nPersonas, con la contraseña ${server.password}:`);
  for (const { login, role, name } of demoUsers) console.log(`  ${login.padEnd(8)} ${role.padEnd(11)} ${name}`);
  console.log(`\nDatos en ${server.place}; Ctrl-C termina.`);
  console.log(server.field.isClear ? clear : `Claves maestras en ${server.wrappingKeys}.*: ${apart}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, server.close);
}

const asked = optionsOf(process.argv.slice(2), process.env);
if ('refused' in asked) {
  console.error(asked.refused);
  process.exitCode = 2;
} else if ('help' in asked) {
  console.log(asked.help);
} else {
  await run(asked.options).catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  });
}
