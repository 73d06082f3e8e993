/** The worker that keeps what waits a second time: a script of this origin, since the policy of the screens allows no other. */
import { runJournalWorker } from 'auxilio/indexeddb';

runJournalWorker();
