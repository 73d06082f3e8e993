import { describe, expect, it } from 'vitest';
import { applyEvent, explore, exploreWith } from '../../src/testing/explore/explore.ts';
import { decide, type Policy } from '../../src/visit/index.ts';
import { plainActs, refused, withFault } from './support.ts';

const options = { acts: plainActs, paths: 0 };

describe('a fault that is planted is found', () => {
  it('a state that nothing leads out of, with the shortest path to one', async () => {
    const faulty = withFault((_, { inspection }) => (inspection.areaInspectedAt === null ? undefined : refused));
    const { stuck, cannotEnd } = await exploreWith(faulty, options);
    expect(stuck.total).toBeGreaterThan(0);
    expect(stuck.paths[0]?.steps.map(({ command }) => command)).toEqual([
      'AssignVisit',
      'RecordArrival',
      'ShowCredential',
      'ValidateIdentity',
      'LocateFault',
      'InspectArea',
    ]);
    expect(cannotEnd.total).toBeGreaterThanOrEqual(stuck.total);
  });

  it('a start that is never accepted: nothing completes, and what comes after never fires', async () => {
    const faulty = withFault(({ type }) => (type === 'StartWork' ? refused : undefined));
    const { cannotComplete, cannotEnd, neverFired } = await exploreWith(faulty, {
      ...options,
      acts: [...plainActs, 'GiveInstruction', 'CloseVisit'],
    });
    expect(cannotComplete.paths[0]?.steps).toEqual([]);
    expect(cannotComplete.total).toBeGreaterThan(100);
    expect(cannotEnd.total).toBe(0);
    expect(neverFired.acts).toEqual(
      expect.arrayContaining(['StartWork', 'TestQuality', 'RecordConformity', 'CompleteVisit']),
    );
  });

  it('an effect that is lost: nothing completes', async () => {
    const { cannotComplete } = await exploreWith(
      { decide, apply: (state, event) => (event.type === 'CredentialShown' ? state : applyEvent(state, event)) },
      options,
    );
    expect(cannotComplete.total).toBeGreaterThan(0);
  });

  it('a role that is let through', async () => {
    const faulty = withFault((command, state, policy) => {
      const { actor } = command.metadata;
      if (command.type !== 'ClearArea' || actor.role !== 'client' || state.work.startedAt === null) return undefined;
      const id = state.provider?.id ?? '';
      return decide({ ...command, metadata: { actor: { role: 'provider', id } } }, state, policy);
    });
    const { unauthorizedAccepted } = await exploreWith(faulty, options);
    expect(unauthorizedAccepted.map(({ command, role, recorder }) => [command, role, recorder])).toEqual([
      ['ClearArea', 'client', 'disallowed-role'],
    ]);
    expect(unauthorizedAccepted[0]?.path.steps.at(-1)?.command).toBe('StartWork');
  });

  it('another provider who is let through', async () => {
    const faulty = withFault((command, state, policy) => {
      const { actor } = command.metadata;
      if (command.type !== 'RecordArrival' || actor.role !== 'provider') return undefined;
      const id = state.provider?.id ?? '';
      return decide({ ...command, metadata: { actor: { ...actor, id } } }, state, policy);
    });
    const { unauthorizedAccepted } = await exploreWith(faulty, options);
    expect(unauthorizedAccepted.map(({ recorder }) => recorder)).toEqual(['other-provider']);
  });

  it('a rule that never refuses', async () => {
    const faulty = withFault((command, state, policy) =>
      command.type === 'ReportStart'
        ? decide({ ...command, data: { ...command.data, call: { at: command.data.at } } }, state, policy)
        : undefined,
    );
    const acts = plainActs.filter((command) => command !== 'ReportCompletion');
    const [sound, unsound] = [await explore({ ...options, acts }), await exploreWith(faulty, { ...options, acts })];
    expect(sound.neverFired.rules).not.toContain('call-made');
    expect(unsound.neverFired.rules).toContain('call-made');
  });

  it('an invariant that breaks, with the path', async () => {
    const faulty = withFault((command, state) =>
      command.type === 'StartWork'
        ? decide(command, state, { waive: [{ rule: 'photos-sent', reason: 'prueba' }] })
        : undefined,
    );
    const { broken } = await exploreWith(faulty, { ...options, paths: 10_000 });
    expect(broken.map(({ invariant }) => invariant)).toContain('start-photos-sent');
    expect(broken[0]?.path.events.map(({ type }) => type)).toContain('WorkStarted');
  });

  it('a decider that is no function of the state', async () => {
    let calls = 0;
    const faulty = withFault((_, { work }) => {
      calls += 1;
      return calls % 3 === 0 && work.toolsShownAt === '' ? refused : undefined;
    });
    await expect(exploreWith(faulty, options)).rejects.toThrow('no function of the state');
  });
});

describe('a policy of a host', () => {
  it('that waives a rule shows it as one that never refuses', async () => {
    const policy: Policy = { waive: [{ rule: 'area-cleared', reason: 'contrato' }] };
    const { neverFired, unauthorizedAccepted } = await explore({ ...options, policy });
    const plain = await explore(options);
    expect(neverFired.rules.filter((rule) => !plain.neverFired.rules.includes(rule))).toEqual(['area-cleared']);
    expect(neverFired.acts).toEqual([]);
    expect(unauthorizedAccepted).toEqual([]);
  });

  it('that allows an off-contract act lets it be accepted', async () => {
    const acts = [...plainActs, 'PerformOffContractAct'] as const;
    const { neverFired } = await explore({ ...options, acts, policy: { allow: ['jardinería'] } });
    expect(neverFired.acts).toEqual([]);
  });
});
