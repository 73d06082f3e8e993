import {
  type ArgumentsHost,
  Body,
  type CanActivate,
  Catch,
  Controller,
  type ExceptionFilter,
  type ExecutionContext,
  Get,
  HttpCode,
  HttpException,
  Module,
  Param,
  Post,
  Req,
  UnauthorizedException,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { type Actor, explain, guide, type VisitCommand, type VisitState } from 'auxilio';
import { memoryStore } from 'auxilio/memory';
import {
  createService,
  isServiceError,
  MalformedCommandError,
  type ServiceError,
  type VisitService,
} from 'auxilio/service';
import { explainIssue } from 'auxilio/wire';
import type { Request, Response } from 'express';

type Asked = Request & { actor: Actor };
const maySee = (actor: Actor) => (state: VisitState) =>
  actor.role === 'contact-center' || state.provider?.id === actor.id;

/** Your authentication: here the token is the id of its bearer. The recipe `openid` has a real one. */
class BearerGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<Asked>();
    const id = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    if (id === '') throw new UnauthorizedException();
    request.actor = { role: id.startsWith('op-') ? 'contact-center' : 'provider', id };
    return true;
  }
}

@Catch()
class ServiceErrorFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost) {
    const response = host.switchToHttp().getResponse<Response>();
    if (error instanceof HttpException) return response.status(error.getStatus()).json(error.getResponse());
    if (!isServiceError(error)) return response.status(500).json({ error: 'failed' });
    return response.status(error.errorCode).json({ error: error.code, reasons: this.#reasonsOf(error) });
  }

  #reasonsOf(error: ServiceError) {
    if (!(error instanceof MalformedCommandError)) return [];
    return error.issues.map((issue) => explainIssue(issue, 'es-CR'));
  }
}

@Controller()
@UseGuards(BearerGuard)
@UseFilters(ServiceErrorFilter)
class VisitsController {
  readonly #service: VisitService = createService({ store: memoryStore() });

  @Post('commands')
  @HttpCode(200)
  async handle(@Body() body: VisitCommand | undefined, @Req() { actor }: Asked) {
    const command = { ...body, metadata: { ...body?.metadata, actor } } as VisitCommand;
    const result = await this.#service.handle(command, { authorize: maySee(actor) });
    if (result.ok) return { version: String(result.version), phase: result.state.phase };
    throw new HttpException({ refused: explain(result.rejection, 'es-CR'), ...result.rejection }, 409);
  }

  @Get('visits/:id/guide')
  async guide(@Param('id') id: string, @Req() { actor }: Asked) {
    const { state } = await this.#service.load(id, { authorize: maySee(actor) });
    return guide(state, { role: actor.role, actorId: actor.id, now: new Date().toISOString() });
  }
}

@Module({ controllers: [VisitsController] })
export class VisitsModule {}
