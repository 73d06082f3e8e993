import { describe, expect, it } from 'vitest';
import { docstringsOfMessages, makeFiles } from '../../scripts/descriptions.ts';
import { commandTypes, eventTypes } from '../../src/visit/index.ts';
import { jsonSchema } from '../../src/wire.ts';

const docs = docstringsOfMessages();
const files = await makeFiles(docs);

describe('the docstrings of the messages', () => {
  it('are there for every message and every field of its data', () => {
    expect([...docs.messages.keys()].sort()).toEqual([...commandTypes, ...eventTypes].sort());
    const missing = [...docs.data].flatMap(([type, fields]) =>
      [...fields].filter(([, text]) => text === '').map(([field]) => `${type}.${field}`),
    );
    expect([...docs.messages].filter(([, text]) => text === '')).toEqual([]);
    expect(missing).toEqual([]);
    expect([...docs.data.values()].every((fields) => fields.size >= 2)).toBe(true);
  });

  it.each(files)('are those in %s', async (path, source) => {
    await expect(source).toMatchFileSnapshot(`../../${path}`);
  });
});

type Node = { description?: string; properties?: Record<string, Node>; items?: Node };

describe('the JSON Schema', () => {
  const { $defs } = jsonSchema() as { $defs: Record<string, Node> };

  it('describes every message as its docstring does', () => {
    for (const type of [...commandTypes, ...eventTypes]) expect($defs[type]?.description).toBe(docs.messages.get(type));
  });

  it.each(Object.keys($defs))('describes %s and every field of it', (name) => {
    const silent: string[] = [];
    const look = (node: Node, path: string) => {
      for (const [field, inner] of Object.entries(node.properties ?? {})) {
        if ((inner.description ?? '') === '') silent.push(`${path}.${field}`);
        look(inner, `${path}.${field}`);
      }
      if (node.items !== undefined) look(node.items, `${path}[]`);
    };
    expect($defs[name]?.description ?? '').not.toBe('');
    look($defs[name] as Node, name);
    expect(silent).toEqual([]);
  });

  it('describes a field of a message as its docstring does', () => {
    for (const [type, fields] of docs.data) {
      const properties = $defs[type]?.properties?.data?.properties ?? {};
      for (const [field, text] of fields) expect(properties[field]?.description, `${type}.${field}`).toBe(text);
    }
  });
});
