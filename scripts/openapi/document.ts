import { commandTypes, eventTypes } from 'auxilio';
import { jsonSchema } from 'auxilio/wire';
import { paths } from './paths.ts';
import { type Schema, schemasOf } from './types.ts';

const prefix = '#/components/schemas/';

/** The OpenAPI 3.1 document of the examples: of the library's JSON Schemas, and of the types of the responses. */
export function openapi(): Schema {
  const { $defs } = relocated(jsonSchema()) as { $defs: { [name: string]: Schema } };
  const { CommandMetadata = {}, ...messages } = $defs;
  for (const type of commandTypes) messages[type] = asSent(messages[type] as CommandSchema);
  const own: { [name: string]: Schema } = {
    VisitCommand: oneOf('A command, as it is sent', commandTypes),
    VisitEvent: oneOf('An event', eventTypes),
    CommandSending: sending(CommandMetadata as CommandSchema),
    Json: { description: 'Any JSON value' },
  };
  const known = new Set([...Object.keys(messages), ...Object.keys(own)]);
  const replies = schemasOf(
    ['examples/http/replies.ts', 'src/service/projections/board.ts'],
    [
      'CommandReply',
      'BatchReply',
      'SyncReply',
      'VisitReply',
      'EventsReply',
      'PhotoReply',
      'AssignmentsReply',
      'DevicesReply',
      'RevokedReply',
      'DeviceKeyReply',
      'LeadReply',
      'UnsentReply',
      'QuarantineReply',
      'DecisionReply',
      'GuideReply',
      'DossierReply',
      'ProblemReply',
      'Board',
    ],
    known,
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Home-assistance visits',
      version: '1.0.0',
      summary: 'What the example server and the example Lambda of auxilio serve',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: 'http://127.0.0.1:3000' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'The role and the id of the actor come from its claims, never from a body.',
        },
      },
      schemas: { ...own, ...replies, ...messages },
    },
  };
}

type CommandSchema = Schema & { readonly properties: Schema };

/** A command as it is sent: who acts is known from the token. */
function asSent(schema: CommandSchema): Schema {
  const metadata = { $ref: `${prefix}CommandSending` };
  return { ...schema, properties: { ...schema.properties, metadata }, required: ['type', 'data'] };
}

/** The metadata of a command as it is sent. */
const sending = ({ properties }: CommandSchema): Schema => ({
  type: 'object',
  properties: {
    ...properties,
    actor: { $ref: `${prefix}Actor`, description: 'May be left out; anyone but the caller is refused.' },
    commandId: { $ref: `${prefix}Id`, description: 'The key of idempotence, unique in its visit.' },
  },
  additionalProperties: false,
});

function oneOf(description: string, types: readonly string[]): Schema {
  const mapping = Object.fromEntries(types.map((type) => [type, prefix + type]));
  return {
    description,
    oneOf: types.map((type) => ({ $ref: prefix + type })),
    discriminator: { propertyName: 'type', mapping },
  };
}

/** With references into the components of a document. */
function relocated(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"$ref":"#/$defs/', `"$ref":"${prefix}`));
}
