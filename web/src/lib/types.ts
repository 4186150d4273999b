// Shapes of the API (content/api). null = unknown.

export type Verdict = 'met' | 'partly_met' | 'not_met' | 'undetermined';
export type Counts = Record<Verdict, number>;
export type Role = 'clerk' | 'officer' | 'leader' | 'admin' | 'duty' | 'auditor';
export type Progress = 'not_started' | 'doing' | 'done' | 'returned' | 'accepted';

export interface Page<T> {
  items: T[];
  next: string | null;
  total?: number;
}

export interface Session {
  user: { id: string; login: string; name: string; role: Role };
  agency: { id: string; name: string; parent_name: string | null };
  mode: 'office' | 'centre';
  csrf: string;
  must_change_password: boolean;
  must_set_otp?: boolean;
  version: string;
  today: string;
  first_run: boolean;
}

export interface Office {
  name: string;
  parent_name: string | null;
  place: string | null;
  symbol: string | null;
  officer: { name: string | null; phone: string | null; mail: string | null };
  signer: { capacity: string | null; title: string | null; name: string | null };
  kind: string | null;
  groups: string[];
  applications: string[];
  machines_total: number | null;
}

export type DispatchState = 'reading' | 'failed' | 'unconfirmed' | 'confirmed' | 'issued' | 'answered';

export interface Dispatch {
  id: string;
  number: string | null;
  symbol: string | null;
  subject: string | null;
  issuer: string | null;
  issued_on: string | null;
  received_no: string | null;
  received_on: string | null;
  due_on: string | null;
  days_left: number | null;
  state: DispatchState;
  problem?: string | null;
  file_name?: string;
  measures: number;
  unsure: number;
  mine: number;
  verdicts: Counts | null;
}

export interface Parameter {
  id: string;
  name: string;
  value: string | number | boolean | string[] | null;
  text: string | null;
  type: string;
  choices?: { value: string; name: string }[];
}

export interface Kind {
  kind: string;
  name: string;
  confidence: number | null;
  why: string | null;
  parameters: Parameter[];
}

export interface KindInfo {
  kind: string;
  name: string;
  family: string;
  family_name: string;
  parameters: Parameter[];
}

export interface Measure {
  id: string;
  cite: string;
  text: string;
  span: [number, number] | null;
  obligation: string | null;
  actor: string | null;
  mine: boolean;
  mine_why: string | null;
  due_on: string | null;
  kinds: Kind[];
  unsure: boolean;
  unsure_why: string | null;
  title?: boolean;
  state: 'read' | 'changed' | 'added' | 'dropped' | 'accepted';
}

export interface DispatchFull extends Omit<Dispatch, 'measures'> {
  head: {
    form: string | null;
    parent: string | null;
    place: string | null;
    recipients: string[];
    legal_basis: { number: string; issued_on: string | null; dispatch_id: string | null }[];
    signing_capacity: string | null;
  };
  from_above?: {
    agency: string;
    issued_at: number;
    issued_by: string;
    due_on: string | null;
    note: string | null;
  } | null;
  warnings: { code: string; text: string }[];
  sentences: Record<string, number>;
  measures: Measure[];
}

export interface DispatchText {
  text: string;
  sentences: { from: number; to: number; role: string; role_name: string; measure_id: string | null }[];
}

export interface Change {
  dispatch_id: string | null;
  number: string;
  cite: string;
  text: string;
  way?: 'stricter' | 'weaker' | 'new' | 'other';
}

export interface Chain {
  nodes: {
    id: string;
    dispatch_id: string | null;
    number: string;
    subject: string | null;
    issued_on: string | null;
    here: boolean;
  }[];
  edges: { from: string; to: string }[];
}

export type AnswerStep = 'draft' | 'submitted' | 'signed' | 'numbered' | 'sent';
export interface AnswerLife {
  state: AnswerStep;
  number: string | null;
  dated_on: string | null;
  signed_by: string | null;
  sent_on: string | null;
  sent_to: string | null;
  file: string | null;
  steps: { state: AnswerStep; at: number; by: string; note: string | null }[];
}

export interface Extension {
  id: string;
  dispatch: { id: string; number: string | null };
  agency: { id: string; name: string };
  due_on_old: string | null;
  due_on: string;
  reason: string;
  state: 'asked' | 'approved' | 'refused';
  asked_by: string | null;
  asked_at: number;
  decided_by: string | null;
  note: string | null;
}

export interface Reminder {
  id: string;
  agency: { id: string; name: string };
  dispatch: { id: string; number: string | null };
  kind: 'before' | 'after' | 'escalation' | 'urge';
  due_on: string | null;
  made_at: number;
  channel: string;
  delivery: 'waiting' | 'sent' | 'failed';
  detail: string | null;
  text: string | null;
}

export interface Group {
  id: string;
  name: string;
  agencies: number;
  kinds: string[];
  agency_ids: string[];
  without_ids: string[];
}

export interface Reply {
  agency: { name: string };
  dispatch: {
    number: string | null;
    subject: string | null;
    issuer: string | null;
    issued_on: string | null;
    due_on: string | null;
  };
  tasks: { id: string; cite: string; text: string; progress: Progress; note: string | null }[];
  answered_at: number | null;
  until: number | null;
}

export interface SourceColumn {
  heading: string;
  meaning: string | null;
  meaning_name: string | null;
}

export interface SourceType {
  type: string;
  name: string;
  meanings: { meaning: string; name: string }[];
  asked?: {
    reach: 'network' | 'machine';
    allowed: boolean;
    fields: {
      name: string;
      title: string;
      type: 'string' | 'integer' | 'boolean' | 'array';
      input: 'line' | 'secret' | 'lines';
      required: boolean;
      minimum: number | null;
      maximum: number | null;
      example: unknown;
    }[];
  } | null;
}

export interface Source {
  id: string;
  parent_id?: string | null;
  settings?: Record<string, unknown> | null;
  name: string;
  bytes: number;
  received_at: number;
  state: 'waiting' | 'read' | 'partly' | 'unread';
  type: string | null;
  type_name: string | null;
  certainty: 'sure' | 'likely' | 'unsure' | null;
  why: string | null;
  rows: number | null;
  application: string | null;
  problem: string | null;
  columns: SourceColumn[];
}

export interface RegisterInfo {
  name: string;
  title: string;
  rows: number;
  updated_at: number | null;
}

export interface RegisterColumn {
  id: string;
  title: string;
  type: string;
  required: boolean;
  choices: string[] | null;
  example: string | null;
}

export interface Register {
  name: string;
  title: string;
  about: string;
  columns: RegisterColumn[];
  rows: string[][];
}

export interface Assessment {
  id: string;
  made_at: number;
  as_of: string;
  dispatches: number;
  verdicts: Counts;
  sha256: string;
  note: string | null;
  agency?: { id: string; name: string };
  made_by?: 'here' | 'received';
  seal?: 'known' | 'unknown' | 'broken' | null;
  sealed_by?: string | null;
  shared?: boolean;
  refused?: string | null;
}

export interface AssessedMeasure {
  id: string;
  cite: string;
  text: string;
  verdict: Verdict;
  sentence: string;
  kinds: string[];
  findings: { fail: number; unknown: number; pass: number };
  task: string | null;
}

export interface AssessedDispatch {
  dispatch_id: string | null;
  number: string;
  subject: string | null;
  verdicts: Counts;
  measures: AssessedMeasure[];
}

export interface AssessmentFull extends Omit<Assessment, 'dispatches'> {
  dispatches: AssessedDispatch[];
  coverage: { machines: { seen: number; total: number | null }; sources: { name: string; state: string }[] };
}

export interface Finding {
  id: string;
  control: string;
  control_title: string;
  subject: string;
  observed: string | null;
  result: 'pass' | 'fail' | 'unknown' | 'error' | 'not_applicable' | 'not_checked';
  reason: string | null;
  severity: string | null;
  fix: string | null;
  excepted?: { until: string; reason: string } | null;
  stricter: boolean;
  machine_id: string | null;
  account_id: string | null;
}

export interface FaultCount {
  control: string;
  title: string;
  n: number;
}

export interface Inventory {
  kept: boolean;
  as_of: string;
  made_at: number;
  expected: number | null;
  before: string | null;
  machines: Record<'all' | 'seen' | 'not_seen' | 'faulty' | 'new' | 'gone' | 'better' | 'worse', number> | null;
  accounts: Record<'all' | 'faulty' | 'privileged' | 'left' | 'nobody' | 'several', number> | null;
  places: { name: string; n: number }[];
  machine_faults: FaultCount[];
  account_faults: FaultCount[];
}

export type FactsWay = 'bundle' | 'agent' | 'list' | 'here';

export interface Machine {
  id: string;
  host: string;
  state: 'seen' | 'not_seen';
  change: 'new' | 'gone' | 'better' | 'worse' | 'same' | null;
  listed: boolean;
  unit: string | null;
  person: string | null;
  kind: string | null;
  os: string | null;
  os_support_ends_on: string | null;
  seen_at: number | null;
  way: FactsWay | null;
  patched_on: string | null;
  missed_update_on: string | null;
  pending_security_updates: number | null;
  antivirus_read: boolean;
  antivirus: { product: string; active: boolean | null }[];
  fails: number;
  unknowns: number;
  worst: string | null;
}

export interface MachineFull extends Omit<Machine, 'antivirus'> {
  inventory: string | null;
  role: string | null;
  os_extended_support_ends_on: string | null;
  booted_at: number | null;
  reboot_required: boolean | null;
  package_lists_at: number | null;
  update_source: string | null;
  updates_resume_on: string | null;
  kb: string | null;
  firewall: boolean | null;
  encrypted: boolean | null;
  accounts: number;
  antivirus: {
    product: string;
    active: boolean | null;
    realtime: boolean | null;
    signatures_at: number | null;
    licence_ends_on: string | null;
  }[];
  sources: { way: FactsWay; name: string; at: number; state: 'complete' | 'partial' | 'missing'; key_known: boolean }[];
  before: { assessment_id: string; id: string } | null;
  findings: Finding[];
}

export interface Account {
  id: string;
  login: string;
  place: string;
  scope: string | null;
  name: string | null;
  unit: string | null;
  holder: 'known' | 'left' | 'several' | 'nobody' | null;
  privileged: boolean | null;
  shared: boolean;
  usable: boolean | null;
  last_login_at: number | null;
  never_logged_in: boolean | null;
  password_changed_at: number | null;
  fails: number;
  unknowns: number;
  worst: string | null;
}

export interface AccountFull extends Account {
  display_name: string | null;
  role: string | null;
  created_at: number | null;
  issued_at: number | null;
  enabled: boolean | null;
  locked: boolean | null;
  password_must_change: boolean | null;
  password_never_expires: boolean | null;
  password_not_required: boolean | null;
  mfa: boolean | null;
  join_basis: string | null;
  source: string | null;
  at: number | null;
  person: {
    full_name: string | null;
    unit: string | null;
    title: string | null;
    status: string | null;
    status_on: string | null;
  } | null;
  findings: Finding[];
}

export interface Why {
  dispatch_id: string | null;
  measure_id: string | null;
  cite: string;
  number: string;
  text: string;
}

export interface TodayRow {
  id: string;
  due_on: string | null;
  days_left: number | null;
  title: string;
  count: number;
  why: Why;
  severity: string | null;
  action: 'fix' | 'confirm' | 'supply' | 'attest';
  steps: { windows: string[]; linux: string[]; general: string[] };
  control: string | null;
}

export interface Today {
  strip: Counts & { late: number; unconfirmed: number; sources: number };
  rows: TodayRow[];
  fresh_at: number | null;
}

export interface Task {
  id: string;
  dispatch_id: string;
  measure_id: string;
  cite: string;
  title: string;
  agency: { id: string; name: string };
  person: string | null;
  due_on: string | null;
  days_left: number | null;
  progress: Progress;
  verdict: Verdict | null;
  note: string | null;
  review?: { note: string | null; by: string; at: number } | null;
}

export interface Attestation {
  id: string;
  kinds: string[] | null;
  control: string | null;
  statement: string;
  by: string;
  signed_on: string;
  valid_until: string | null;
  file: string | null;
  withdrawn_at: number | null;
}

export interface Exception {
  id: string;
  control: string;
  control_title?: string;
  subject: string;
  reason: string;
  until: string;
  state: 'asked' | 'approved' | 'refused' | 'ended';
  asked_by: string | null;
  decided_by: string | null;
  note: string | null;
}

export interface Job {
  id: string;
  kind: string;
  phase: string | null;
  phase_name: string | null;
  done: number | null;
  total: number | null;
  eta_ms: number | null;
  state: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  problem?: { title: string; detail: string; code: string; place: string } | string | null;
  result?: Record<string, unknown> | null;
}

export interface AuditRow {
  id: string;
  at: number;
  who: string;
  what: string;
  place: string | null;
  address: string | null;
  action: string;
  detail: Record<string, unknown>;
}

export interface Agent {
  id: string;
  name: string;
  machine_id: string;
  agency: { id: string; name: string };
  version: string;
  enrolled_at: number;
  seen_at: number;
  waiting: number;
  facts_at: number | null;
  certificate_until: number;
  active: boolean;
}

export interface Enrolment {
  id: string;
  name: string;
  agency?: { id: string; name: string };
  machines: number;
  until: number;
  made_by?: string;
  secret?: string;
}

export type Way = 'password' | 'directory' | 'openid';

export interface User {
  id: string;
  login: string;
  name: string;
  role: Role;
  agency: { id: string; name: string };
  way: Way;
  active: boolean;
  otp?: boolean;
  passkeys?: number;
  last_at: number | null;
}

export interface Token {
  id: string;
  name: string;
  scopes: string[];
  made_at: number;
  last_at: number | null;
  until: string | null;
  secret?: string;
}

export interface Backup {
  name: string;
  made_at: number;
  bytes: number;
}

export interface Agency {
  id: string;
  code: string | null;
  name: string;
  kind: string;
  parent_id: string | null;
  valid_from: string | null;
  valid_to: string | null;
  successor_id: string | null;
  successor_name?: string | null;
  names?: { valid_from: string | null; name: string }[];
  contact: { name: string | null; phone: string | null; mail: string | null };
  children: number;
}

export interface Recipient {
  agency: { id: string; name: string };
  issued_at: number;
  opened_at: number | null;
  opened_by: string | null;
  progress: Record<Progress, number>;
  verdicts: Counts | null;
  late: boolean;
  dispatch_id?: string;
  issued_by?: string;
  due_on?: string | null;
  note?: string | null;
  enterprise?: boolean;
  replied_at?: number | null;
}

export interface Cell {
  verdict: Verdict | null;
  progress: Progress | null;
  late: boolean;
  coverage: number | null;
}

export interface RollupRow {
  id: string;
  name: string;
  verdicts: Counts;
  late: number;
  coverage: number | null;
  cells: (Cell | null)[];
}

/** Some rows and columns of a roll-up. */
export interface RollupPage {
  at: string;
  sentence: string;
  agencies: number;
  late_agencies: number;
  verdicts: Counts;
  dispatches: { id: string; number: string; subject: string | null }[];
  rows: RollupRow[];
  trend: { week: string; not_met: number; undetermined: number }[];
  latest: { id: string; name: string; verdicts: Counts }[];
  late: { id: string; name: string; days: number; dispatches: number }[];
}

export interface RollupForm {
  name: string;
  bytes: number;
  at: number;
}

/** A page of a dispatch that came as PDF or scan; sizes in points. */
export interface DispatchPage {
  page: number;
  width: number;
  height: number;
}
