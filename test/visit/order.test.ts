import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { WaivableRule } from '../../src/messages/index.ts';
import { commands, commandTypes, eventTypes, waivableRules } from '../../src/visit/index.ts';
import { acts } from '../../src/visit/table.ts';
import { commandSchemas, eventSchemas } from '../../src/wire/index.ts';

/** PROTOCOL §2, written out: command, event, author. */
const protocol = `
AssignVisit VisitAssigned C · AmendAssignment AssignmentAmended C · ReportTransitIssue TransitIssueReported P+ ·
AcknowledgeTransitIssue TransitIssueAcknowledged C · NotifyClient ClientNotified C ·
ReassignProvider ProviderReassigned C · RecordArrival ProviderArrived P+ · ShowCredential CredentialShown P ·
ReportClientAbsence ClientAbsenceReported P+ · RecordClientReturn ClientReturned P ·
GiveInstruction InstructionGiven C · ValidateIdentity IdentityValidated P · RejectIdentity IdentityRejected P+ ·
AnnounceService ServiceAnnounced P · LocateFault FaultLocated P · InspectArea AreaInspected P ·
TakePhotos PhotosTaken P · SubmitPhotos PhotosSubmitted P+ · DocumentPhotos PhotosDocumented C ·
AssessService ServiceAssessed P · ExplainWork WorkExplained P · SupplyMaterials MaterialsSupplied K ·
AcceptMaterials MaterialsAccepted P · RejectMaterials MaterialsRejected P ·
ReportMaterialsRefusal MaterialsChangeRefused P+ · CoordinateMaterials MaterialsCoordinated C ·
RequestExtraMaterials ExtraMaterialsRequested P · ShowTools ToolsShown P · ClearArea AreaCleared P ·
ReportStart StartReported P+ · DocumentStart StartDocumented C · StartWork WorkStarted P · PauseWork Paused P+ ·
ResumeWork Resumed P+ · TestQuality QualityTested P · RecordConformity ClientConformed K ·
RecordObjection ClientObjected K · HandOverSite SiteHandedOver P · ShowBelongings BelongingsShown P ·
ReportCompletion CompletionReported P+ · GiveFarewell FarewellGiven P · CompleteVisit Completed P+ ·
CloseVisit VisitClosed P/C · EscalateClientImpact ClientImpactEscalated P+ ·
ReportConductBreach ConductBreachReported C/K · DeclineOffContractRequest OffContractRequestDeclined P ·
PerformOffContractAct OffContractActPerformed P · AnnulAct ActAnnulled C · CorrectTime TimeCorrected C ·
ReportDiscrepancy DiscrepancyReported P/K · SettleDiscrepancy DiscrepancySettled C`
  .split('·')
  .map((line) => line.trim().split(/\s+/));

/** The chapters of the visit, in the order in which the table takes their acts. */
const chapters = ['recordable', 'table'].flatMap((file) =>
  [...readFileSync(`src/visit/${file}.ts`, 'utf8').matchAll(/\.\.\.(\w+)\.acts\b/g)].map(([, name]) => name),
);

const camel = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

describe('0-02 every act of PROTOCOL §2, in its order, with its author', () => {
  it('stands so in the table', () => {
    const authors = { 'P or C': 'P/C', 'C or K': 'C/K', 'P or K': 'P/K' };
    const written = acts.map(({ command, event, by }) => [
      command,
      event,
      Object.hasOwn(authors, by) ? authors[by as keyof typeof authors] : by,
    ]);
    expect(written).toEqual(protocol);
    expect(written).toHaveLength(51);
  });

  it('stands so in the lists, the creators and the schemas', () => {
    expect(commandTypes).toEqual(protocol.map(([command]) => command));
    expect(eventTypes).toEqual(protocol.map(([, event]) => event));
    expect(Object.keys(commands)).toEqual(protocol.map(([command = '']) => camel(command)));
    expect(Object.keys(commandSchemas)).toEqual(protocol.map(([command]) => command));
    expect(Object.keys(eventSchemas)).toEqual(protocol.map(([, event]) => event));
  });

  it('stands so in the chapters', () => {
    const defined = chapters.flatMap((chapter) => [
      ...readFileSync(`src/visit/${chapter}.ts`, 'utf8').matchAll(/= act\('(\w+)'/g),
    ]);
    expect(defined.map(([, name]) => name)).toEqual(protocol.map(([command]) => command));
  });

  it('lists as waivable the ids of rules alone, and no other rule is', () => {
    const waivable = acts.flatMap(({ needs }) => needs.filter((rule) => rule.waivable).map(({ id }) => id));
    expect([...new Set(waivable)].sort()).toEqual([...waivableRules].sort());
  });

  it('lists as waivable every id that the type of the messages names', () => {
    const listed: readonly (typeof waivableRules)[number][] = [] as readonly WaivableRule[];
    expect(listed).toEqual([]);
  });

  it('keeps the nine names that were fixed', () => {
    const fixed =
      'ProviderArrived IdentityValidated PhotosSubmitted MaterialsRejected WorkStarted Paused Resumed Completed TransitIssueReported';
    expect(fixed.split(' ').filter((name) => !(eventTypes as readonly string[]).includes(name))).toEqual([]);
  });
});
