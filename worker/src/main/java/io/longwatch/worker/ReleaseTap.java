package io.longwatch.worker;

import io.longwatch.contract.Failures;
import io.longwatch.release.ReleaseOutcome;
import io.longwatch.release.ReleaseRecord;
import io.longwatch.release.ReleaseRequest;
import io.longwatch.release.ReleaseState;
import io.longwatch.release.ReleaseWorkflow;
import io.temporal.common.interceptors.Header;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptor;
import io.temporal.common.interceptors.WorkflowOutboundCallsInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Listens at releases: log lines of their code name the release and its environment, and their ends are counted, once, not
 * in replays. Changes nothing of what a release does.
 */
final class ReleaseTap extends WorkerInterceptorBase {
    private static final Logger LOGGER = LoggerFactory.getLogger(ReleaseTap.class);

    private final Meters meters;

    ReleaseTap(Meters meters) {
        this.meters = meters;
    }

    @Override
    public WorkflowInboundCallsInterceptor interceptWorkflow(WorkflowInboundCallsInterceptor next) {
        return new Tapped(next);
    }

    private final class Tapped extends WorkflowInboundCallsInterceptorBase {
        private @Nullable ReleaseRequest release;

        Tapped(WorkflowInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(WorkflowOutboundCallsInterceptor outbound) {
            super.init(new WorkflowOutboundCallsInterceptorBase(outbound) {
                @Override
                public Object newChildThread(Runnable work, boolean detached, String name) {
                    return super.newChildThread(named(work), detached, name);
                }
            });
        }

        @Override
        public Object newCallbackThread(Runnable work, String name) {
            return super.newCallbackThread(named(work), name);
        }

        @Override
        public WorkflowOutput execute(WorkflowInput input) {
            Object[] arguments = input.getArguments();
            if (arguments.length == 0 || !(arguments[0] instanceof ReleaseRequest request)) {
                return super.execute(input);
            }
            release = request;
            describe();
            try {
                WorkflowOutput output = super.execute(input);
                if (output.getResult() instanceof ReleaseOutcome outcome
                        && outcome.state().ended()) {
                    ended(request, outcome.state());
                }
                return output;
            } catch (ApplicationFailure e) {
                if (Failures.COMPENSATION_FAILED.equals(e.getType())) {
                    ended(request, ReleaseState.COMPENSATION_FAILED);
                }
                throw e;
            } catch (CanceledFailure e) {
                // Cancelled natively it was rolled back, or had nothing left to roll back: it knows which itself.
                endedAsRecorded(request);
                throw e;
            } finally {
                forget();
            }
        }

        private void endedAsRecorded(ReleaseRequest request) {
            var query = new QueryInput(ReleaseWorkflow.RECORD, Header.empty(), new Object[0]);
            Object answer = super.handleQuery(query).getResult();
            if (answer instanceof ReleaseRecord record && record.state().ended()) {
                ended(request, record.state());
            }
        }

        private Runnable named(Runnable work) {
            return () -> {
                describe();
                try {
                    work.run();
                } finally {
                    forget();
                }
            };
        }

        private void describe() {
            ReleaseRequest known = release;
            if (known != null) {
                MDC.put("release", known.release());
                MDC.put("environment", known.plan().environment());
            }
        }

        private static void forget() {
            MDC.remove("release");
            MDC.remove("environment");
        }
    }

    private void ended(ReleaseRequest request, ReleaseState state) {
        if (WorkflowUnsafe.isReplaying()) {
            return;
        }
        meters.ended(request.plan().environment(), state);
        LOGGER.atInfo().addKeyValue("state", state).log("release ended");
    }
}
