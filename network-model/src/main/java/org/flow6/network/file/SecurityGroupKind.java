package org.flow6.network.file;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.flow6.network.Id;
import org.flow6.network.SecurityGroup;
import org.flow6.network.SecurityGroupRule;
import org.flow6.network.SecurityGroupRule.Direction;
import org.flow6.network.SecurityGroupRule.EtherType;
import org.flow6.network.SecurityGroupRule.Remote;
import org.flow6.network.text.Node;
import org.flow6.network.text.Node.Entry;

/**
 * Security groups, with the rules that each has without saying so. Every project has a default group; one that the file
 * does not state is implied.
 */
final class SecurityGroupKind extends NeutronKind {
    static final String DEFAULT = "default";

    final Attribute<String> name =
            optional("name", "For people; `default` is the default group of its project.", Readers.TEXT, "");
    final Attribute<Boolean> stateful =
            optional("stateful", "Whether replies to what is allowed are allowed.", Readers.BOOLEAN, true);

    final GroupSettingsShape settings;

    SecurityGroupKind() {
        this(new GroupSettingsShape());
    }

    private SecurityGroupKind(GroupSettingsShape settings) {
        super("security_groups", "security group", settings, "What Neutron has no attribute for.");
        this.settings = settings;
    }

    /** The default group of a project: the one that is named so, or the implied one. */
    static Id<SecurityGroup> defaultOf(String project, Resolving resolving) {
        for (Item stated : resolving.all(Key.defaultGroupOf(project))) {
            return Id.of(stated.id());
        }
        return Id.of(impliedId(project));
    }

    /** The id of a project's default group where the file does not state that group. */
    static String impliedId(String project) {
        return project.isEmpty() ? DEFAULT : project + "-" + DEFAULT;
    }

    /** The default group of a project that does not state one. */
    Item implied(String project) {
        Item group = new Item(this, 0, List.of());
        group.put(id, 0, impliedId(project));
        group.put(name, 0, DEFAULT);
        group.put(projectId, 0, project);
        return group;
    }

    boolean isDefault(Item group) {
        return group.has(id) && (DEFAULT.equals(group.find(name)) || group.id().equals(impliedId(group.project())));
    }

    @Override
    void declare(Item group, Consumer<Key> keys) {
        super.declare(group, keys);
        if (!group.isImplied() && isDefault(group)) {
            keys.accept(Key.defaultGroupOf(group.project()));
        }
    }

    @Override
    void unknown(Entry entry, Field field) {
        if (entry.key().equals("security_group_rules")) {
            if (!(entry.value() instanceof Node.Sequence rules
                    && rules.elements().isEmpty())) {
                field.complain("state the rules in the list security_group_rules of the file");
            }
        } else {
            super.unknown(entry, field);
        }
    }

    @Override
    void resolve(Item group, Resolving resolving) {
        boolean isDefault = isDefault(group);
        if (isDefault && !group.isImplied()) {
            resolving.claim(Key.defaultGroupOf(group.project()), group.place(group.states(name) ? name : id));
        }
        if (!group.complaints().isEmpty()) {
            return;
        }
        Id<SecurityGroup> key = Id.of(group.get(id));
        Values stated = group.find(flow6);
        Values chosen = stated == null ? settings.nothing() : stated;
        resolving.produce(new SecurityGroup(
                key, group.get(name), group.get(stateful), chosen.get(settings.log), group.project()));
        if (chosen.get(settings.defaultRules)) {
            produceDefaultRules(key, isDefault, resolving);
        }
    }

    /** What Neutron makes with a group. Whoever lists rules as Neutron shows them states these again, which is no harm. */
    private static void produceDefaultRules(Id<SecurityGroup> key, boolean isDefault, Resolving resolving) {
        for (EtherType type : EtherType.values()) {
            resolving.produce(rule(key, Direction.EGRESS, type, new Remote.Any()));
            if (isDefault) {
                resolving.produce(rule(key, Direction.INGRESS, type, new Remote.Group(key)));
            }
        }
    }

    private static SecurityGroupRule rule(Id<SecurityGroup> group, Direction direction, EtherType type, Remote remote) {
        String suffix =
                (direction == Direction.EGRESS ? "-egress-" : "-ingress-") + (type == EtherType.IPV6 ? "ipv6" : "ipv4");
        return new SecurityGroupRule(
                Id.of(group.value() + suffix),
                group,
                direction,
                type,
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                remote,
                Optional.empty());
    }

    /** What a security group states under {@code flow6}. */
    static final class GroupSettingsShape extends Shape {
        final Attribute<Boolean> log =
                optional("log", "Whether packets of its ports that no rule allows are logged.", Readers.BOOLEAN, false);

        final Attribute<Boolean> defaultRules = optional(
                "default_rules",
                "Whether it has the rules that Neutron makes with a group: egress anything; a default group also ingress"
                        + " from itself.",
                Readers.BOOLEAN,
                true);

        GroupSettingsShape() {
            super("flow6");
        }
    }
}
