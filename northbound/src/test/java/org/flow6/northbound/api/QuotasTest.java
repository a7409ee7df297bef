package org.flow6.northbound.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.flow6.northbound.api.ApiCalls.Reply;
import org.flow6.northbound.api.Caller.Role;
import org.junit.jupiter.api.Test;

class QuotasTest extends ProjectScene {
    private static final String DEFAULTS =
            "{\"quota\":{\"network\":100,\"subnet\":100,\"subnetpool\":-1,\"port\":500,\"router\":10,"
                    + "\"floatingip\":50,\"security_group\":10,\"security_group_rule\":100,\"rbac_policy\":10}}";

    @Test
    void areNeutronsByDefault() {
        assertThat(api.get("/quotas/p9").body()).hasToString(DEFAULTS);
        assertThat(api.get("/quotas/p9/default").body()).hasToString(DEFAULTS);
        assertThat(api.get("/quotas").body()).hasToString("{\"quotas\":[]}");
        assertThat(api.get("/quotas/tenant").body()).hasToString("{\"tenant\":{\"tenant_id\":\"p1\"}}");
        assertThat(api.get("/quotas/p9/other").status()).isEqualTo(404);
    }

    @Test
    void areChangedAndReset() {
        Reply put = api.put("/quotas/p9", "{quota: {network: '0', router: -1}}");
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.body().at("/quota/network").asInt()).isZero();
        assertThat(put.body().at("/quota/subnet").asInt()).isEqualTo(100);
        assertThat(api.get("/quotas/p9").body()).isEqualTo(put.body());
        assertThat(api.get("/quotas/p9/default").body()).hasToString(DEFAULTS);
        assertThat(api.get("/quotas").body().at("/quotas/0/project_id").asText())
                .isEqualTo("p9");
        assertThat(api.delete("/quotas/p9").status()).isEqualTo(204);
        assertThat(api.get("/quotas/p9").body()).hasToString(DEFAULTS);
        assertThat(api.delete("/quotas/p9").refusal()).isEqualTo("404 TenantQuotaNotFound");
    }

    @Test
    void areKept() {
        api.put("/quotas/p1", "{quota: {network: 1, security_group: 2}}");
        assertThat(api.post("/networks", "{network: {}}").status()).isEqualTo(201);
        Reply over = api.post("/networks", "{network: {}}");
        assertThat(over.refusal()).isEqualTo("409 OverQuota");
        assertThat(over.message()).isEqualTo("Quota exceeded for resources: ['network'].");
        assertThat(api.post("/networks", "{network: {project_id: 'p2'}}").status())
                .isEqualTo(201);
        api.made("/security-groups", "{security_group: {name: 'a'}}");
        assertThat(api.post("/security-groups", "{security_group: {name: 'b'}}").refusal())
                .isEqualTo("409 OverQuota");
        assertThat(api.get("/quotas/p1/details.json").body().at("/quota/security_group"))
                .hasToString("{\"limit\":2,\"used\":2,\"reserved\":0}");
    }

    @Test
    void areOfProjectsAlone() {
        api = api.as("", Role.ADMIN);
        for (int i = 0; i < 12; i++) {
            assertThat(api.post("/routers", "{router: {}}").status()).isEqualTo(201);
        }
    }

    @Test
    void refuseWhatIsNoLimit() {
        assertThat(api.put("/quotas/p1", "{quota: {network: -2}}").status()).isEqualTo(400);
        assertThat(api.put("/quotas/p1", "{quota: {network: 'x'}}").message())
                .isEqualTo("Invalid input for network. Reason: 'x' is not an integer.");
        assertThat(api.put("/quotas/p1", "{quota: {nets: 1}}").message()).isEqualTo("Unrecognized attribute(s) 'nets'");
        assertThat(api.put("/quotas/p1", "{}").message()).isEqualTo("Unable to find 'quota' in request body");
        assertThat(api.put("/quotas", "{quota: {}}").status()).isEqualTo(404);
        api.made("/networks", "{network: {}}");
        assertThat(api.put("/quotas/p1", "{quota: {network: 0, check_limit: true}}")
                        .refusal())
                .isEqualTo("400 InvalidQuotaValue");
        assertThat(api.put("/quotas/p1", "{quota: {network: 0, force: true}}").status())
                .isEqualTo(200);
    }

    @Test
    void areForAdministrators() {
        api = api.as("p1", Role.MEMBER);
        assertThat(api.get("/quotas/p1").status()).isEqualTo(200);
        assertThat(api.get("/quotas/p2").status()).isEqualTo(403);
        assertThat(api.put("/quotas/p1", "{quota: {network: 5}}").refusal()).isEqualTo("403 PolicyNotAuthorized");
        assertThat(api.delete("/quotas/p1").refusal()).isEqualTo("403 PolicyNotAuthorized");
    }
}
