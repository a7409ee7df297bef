package org.flow6.network.file;

import java.util.List;
import org.flow6.network.file.Complaint.Place;

/** One element of a list in a network file: a resource as it was stated, with its lines and what is wrong with it. */
final class Item extends Values {
    private final Kind kind;
    private final List<Complaint> complaints;

    /** @param line where it begins in the piece of text that was read; 0 for one that is implied, not written */
    Item(Kind kind, int line, List<Complaint> complaints) {
        super(line, kind.attributes().size());
        this.kind = kind;
        this.complaints = complaints;
    }

    Kind kind() {
        return kind;
    }

    /** What is wrong with it by itself. */
    List<Complaint> complaints() {
        return complaints;
    }

    /** The id; empty where there is none that can be read. */
    String id() {
        String id = find(kind.id);
        return id == null ? "" : id;
    }

    /** The project; that of Neutron's older name where the newer is not stated. */
    String project() {
        if (!(kind instanceof NeutronKind owned)) {
            return "";
        }
        String project = states(owned.projectId) ? find(owned.projectId) : find(owned.tenantId);
        return project == null ? "" : project;
    }

    /** Where an attribute's value is. */
    Place place(Attribute<?> attribute) {
        return new Place(line(attribute), attribute.name());
    }

    boolean isImplied() {
        return line() == 0;
    }
}
