import fc from 'fast-check';
import { type Policy, waivableRules } from '../../visit/index.ts';

/** Mostly no policy; else one that allows some activities and waives some rules. @since 0.2.0 */
export const policies: fc.Arbitrary<Policy | undefined> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  {
    weight: 1,
    arbitrary: fc.record({
      id: fc.constant('contrato'),
      allow: fc.subarray(['material-purchase', 'other', 'jardinería']),
      waive: fc
        .subarray([...waivableRules], { maxLength: 4 })
        .map((rules) => rules.map((rule) => ({ rule, reason: 'contrato' }))),
    }),
  },
);
