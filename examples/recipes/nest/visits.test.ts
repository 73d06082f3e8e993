import type { INestApplication } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { check } from '../check';
import { VisitsModule } from './visits';

let app: INestApplication;

beforeAll(async () => {
  const module = await Test.createTestingModule({ imports: [VisitsModule] }).compile();
  app = module.createNestApplication();
  await app.listen(0, '127.0.0.1');
});
afterAll(() => app.close());

test('a visit goes as it should', async () => {
  await check(await app.getUrl());
});
