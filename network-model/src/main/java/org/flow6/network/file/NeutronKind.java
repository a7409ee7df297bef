package org.flow6.network.file;

/** A type of resource that Neutron has too: it is somebody's, and has settings of Flow6's own beside Neutron's. */
abstract class NeutronKind extends Kind {
    final Attribute<String> projectId = optional(
            "project_id",
            "Whose it is: ports without security_groups have the default group of their project.",
            Readers.TEXT,
            "");
    /** Neutron's older name for the project. */
    final Attribute<String> tenantId = optional("tenant_id", "An older name of project_id.", Readers.TEXT, "");

    final Attribute<Values> flow6;

    /** A type of resource that has nothing Neutron has no attribute for. */
    NeutronKind(String list, String type) {
        this(list, type, new Shape(FLOW6) {}, "Nothing.");
    }

    /**
     * @param settings what Neutron has no attribute for
     * @param about what that is, for users
     */
    NeutronKind(String list, String type, Shape settings, String about) {
        super(
                list,
                type,
                "id",
                "What others refer to it by: any text that is not empty, unique among those of its type.");
        flow6 = optional(FLOW6, about, settings.reader());
        ignore("description", "tags", "status", "revision_number", "created_at", "updated_at", "shared");
    }
}
