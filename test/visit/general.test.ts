import { describe, it } from 'vitest';
import { byProvider, command, given, operator, otherProvider, through, upTo } from '../support/visit.ts';

describe('1.1-13 a visit is assigned first', () => {
  it('refuses an act before the assignment, and by that rule alone', () => {
    given().when(command('StartWork', {})).rejects(['assigned-first', '1.1-13']);
  });
});

describe('1.2-12 what a provider records comes from the one assigned', () => {
  it('refuses the arrival of another provider', () => {
    given(upTo('RecordArrival'))
      .when(command('RecordArrival', {}, otherProvider))
      .rejects(['assigned-provider', '1.2-12']);
  });
  it('accepts that of the assigned one', () => {
    given(upTo('RecordArrival')).when(command('RecordArrival', {})).then('ProviderArrived', byProvider);
  });
});

describe('0-02 each act is recorded by its role', () => {
  it('refuses a start that the operator records', () => {
    given(through('ReportStart'))
      .when(command('StartWork', {}, operator))
      .rejects(['role', '0-02']);
  });
});
