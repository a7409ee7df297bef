package org.flow6.network.file;

import java.util.List;
import org.flow6.network.AddressGroup;
import org.flow6.network.Id;
import org.flow6.network.IpPrefix;

/** Address groups. */
final class AddressGroupKind extends NeutronKind {
    final Attribute<String> name = optional("name", "For people.", Readers.TEXT, "");
    final Attribute<List<IpPrefix>> addresses =
            optional("addresses", "Which addresses are in it.", Readers.list(Readers.PREFIX), List.of());

    AddressGroupKind() {
        super("address_groups", "address group");
    }

    @Override
    void resolve(Item group, Resolving resolving) {
        if (group.complaints().isEmpty()) {
            resolving.produce(
                    new AddressGroup(Id.of(group.get(id)), group.get(name), group.get(addresses), group.project()));
        }
    }
}
