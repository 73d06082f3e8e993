export * from './reading/exports.ts';

// Last, so that the words lie together: next to its like, a text takes less room.

export {
  actName,
  type Clause,
  catalogues,
  clause,
  clauses,
  explain,
  type GuideOptions,
  guide,
  lines,
  type Phrases,
  phrase,
  requirementName,
  roleName,
  type ScriptOptions,
  script,
} from './locale/index.ts';
