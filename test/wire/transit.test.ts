import { describe } from 'vitest';
import { act } from './chapter.ts';

describe('1.2 on the way', () => {
  act(
    'ReportTransitIssue',
    ['issue', 'resolvable', 'exceedsResponseTime', 'expectedArrival', 'detail'],
    [
      [{ issue: 'flat-tyre' }, '/data/issue', 'invalid-value'],
      [{ resolvable: 'yes' }, '/data/resolvable', 'invalid-type'],
      [{ expectedArrival: 1773064800000 }, '/data/expectedArrival', 'invalid-type'],
    ],
  );
  act('AcknowledgeTransitIssue', []);
  act(
    'NotifyClient',
    ['channel'],
    [
      [{ about: [] }, '/data/about', 'too-few-items'],
      [{ about: ['delay', 'price'] }, '/data/about/1', 'invalid-value'],
      [{ about: 'delay' }, '/data/about', 'invalid-type'],
      [{ reached: 1 }, '/data/reached', 'invalid-type'],
    ],
  );
  act('ReassignProvider', [], [[{ provider: 'prov-2' }, '/data/provider', 'invalid-type']]);
});
