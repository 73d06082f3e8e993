import type { CommandType } from '../messages/index.ts';
import type { RuleId } from '../visit/index.ts';

/** The rules that one act meets, so that a language says each by the name of the act: `First show the credential.` */
export const actsOfRules = {
  'assigned-first': 'AssignVisit',
  'issue-reported': 'ReportTransitIssue',
  arrived: 'RecordArrival',
  'credential-shown': 'ShowCredential',
  'identity-valid': 'ValidateIdentity',
  'service-announced': 'AnnounceService',
  'fault-located': 'LocateFault',
  'area-inspected': 'InspectArea',
  'service-assessed': 'AssessService',
  'work-explained': 'ExplainWork',
  'dispute-open': 'ReportMaterialsRefusal',
  'tools-shown': 'ShowTools',
  'area-cleared': 'ClearArea',
  'start-undocumented': 'ReportStart',
  started: 'StartWork',
  'started-or-closing': 'StartWork',
  'not-on-break': 'ResumeWork',
  'tests-stand': 'TestQuality',
  conformity: 'RecordConformity',
  'handed-over': 'HandOverSite',
  'belongings-checked': 'ShowBelongings',
} as const satisfies { readonly [R in RuleId]?: CommandType };
