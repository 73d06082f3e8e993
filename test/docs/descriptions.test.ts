import { describe, expect, it } from 'vitest';
import { chapterPath, chapterSource, chapters, creatorsSource, partsSource } from '../../scripts/descriptions.ts';
import { docstringsOfMessages } from '../../scripts/docstrings.ts';
import { commandTypes, eventTypes } from '../../src/visit/index.ts';
import { jsonSchema } from '../../src/wire.ts';

const docs = docstringsOfMessages();

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

  it('are the descriptions of the parts of the JSON Schema', async () => {
    await expect(partsSource(docs)).toMatchFileSnapshot('../../src/wire/part-descriptions.ts');
  });

  it.each(chapters)('are the descriptions of the messages in the wire: %s', async (chapter) => {
    await expect(await chapterSource(docs, chapter)).toMatchFileSnapshot(`../../${chapterPath(chapter)}`);
  });

  it('are those of the creators', async () => {
    await expect(creatorsSource(docs)).toMatchFileSnapshot('../../src/visit/creators.ts');
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
