import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands, commandTypes, eventTypes, waivableRules } from '../../src/visit/index.ts';
import { notWaivedWith } from '../../src/visit/rule-ids.ts';
import { acts } from '../../src/visit/table.ts';
import { commandSchemas, eventSchemas } from '../../src/wire.ts';

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
ReportDiscrepancy DiscrepancyReported P/K · SettleDiscrepancy DiscrepancySettled C · AttestFacts FactsAttested K alone`
  .split('·')
  .map((line) => line.trim().split(/\s+(?!alone)/));

/** The chapters of the visit, in the order in which the table takes their acts. */
const chapters = ['recordable', 'table'].flatMap((file) =>
  [...readFileSync(`src/visit/${file}.ts`, 'utf8').matchAll(/\.\.\.(\w+)\.acts\b/g)].map(([, name]) => name),
);

const list = 'an act that the protocol gained goes into `protocol` of test/visit/order.test.ts';

const camel = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

describe('0-02 every act of PROTOCOL §2, in its order, with its author', () => {
  it('stands so in the table', () => {
    const authors = { 'P or C': 'P/C', 'C or K': 'C/K', 'P or K': 'P/K' };
    const written = acts.map(({ command, event, by }) => [
      command,
      event,
      Object.hasOwn(authors, by) ? authors[by as keyof typeof authors] : by,
    ]);
    expect(written, `the acts of src/visit stand in the order of their chapters; ${list}`).toEqual(protocol);
    expect(written, 'write the new number of acts here').toHaveLength(52);
  });

  it('stands so in the lists, the creators and the schemas', () => {
    expect(commandTypes, list).toEqual(protocol.map(([command]) => command));
    expect(eventTypes, list).toEqual(protocol.map(([, event]) => event));
    const creators = protocol.map(([command = '']) => camel(command));
    expect(Object.keys(commands), 'npm run reference makes src/visit/creators.ts again').toEqual(creators);
    const schemas = 'the schemas of a chapter of src/wire stand in the order of its acts in src/visit';
    expect(Object.keys(commandSchemas), schemas).toEqual(protocol.map(([command]) => command));
    expect(Object.keys(eventSchemas), schemas).toEqual(protocol.map(([, event]) => event));
  });

  it('stands so in the chapters', () => {
    const defined = chapters.flatMap((chapter) => [
      ...readFileSync(`src/visit/${chapter}.ts`, 'utf8').matchAll(/= act\('(\w+)'/g),
    ]);
    const written = defined.map(([, name]) => name);
    const order = `an act is defined in its chapter of src/visit between its neighbours in the list; ${list}`;
    expect(written, order).toEqual(protocol.map(([command]) => command));
  });

  it('lists as waivable the ids of rules alone, and no other rule is', () => {
    const waivable = acts.flatMap(({ needs }) => needs.filter((rule) => rule.waivable).map(({ id }) => id));
    expect([...new Set(waivable)].sort()).toEqual([...waivableRules].sort());
  });

  it.each(Object.entries(notWaivedWith))('excepts of what is waived with %s the act %s, which ends it', (id, act) => {
    const rules = acts.flatMap(({ needs }) => needs).filter((rule) => rule.id === id);
    expect(rules.flatMap(({ remedy }) => remedy)).toContain(act);
  });

  it('keeps the nine names that were fixed', () => {
    const fixed =
      'ProviderArrived IdentityValidated PhotosSubmitted MaterialsRejected WorkStarted Paused Resumed Completed TransitIssueReported';
    expect(fixed.split(' ').filter((name) => !(eventTypes as readonly string[]).includes(name))).toEqual([]);
  });
});
