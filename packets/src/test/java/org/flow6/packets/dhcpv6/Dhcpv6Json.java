package org.flow6.packets.dhcpv6;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.io.IOException;
import java.util.function.Function;
import org.flow6.packets.Bytes;
import org.flow6.packets.DomainName;
import org.projectfloodlight.openflow.types.IPv6Address;

/** Datagrams as dhcpv6.py names their fields: as the records do. */
final class Dhcpv6Json {
    static final ObjectMapper JSON = new ObjectMapper()
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .addMixIn(Dhcpv6Message.class, MessageName.class)
            .addMixIn(Dhcpv6Option.class, OptionName.class)
            .addMixIn(NtpSource.class, SourceName.class)
            .registerModule(new SimpleModule()
                    .addSerializer(Bytes.class, ToStringSerializer.instance)
                    .addSerializer(DomainName.class, ToStringSerializer.instance)
                    .addSerializer(IPv6Address.class, ToStringSerializer.instance)
                    .addDeserializer(Bytes.class, new Read<>(Bytes.class, Bytes::ofHex))
                    .addDeserializer(DomainName.class, new Read<>(DomainName.class, DomainName::of))
                    .addDeserializer(IPv6Address.class, new Read<>(IPv6Address.class, IPv6Address::of)));

    static {
        register(Dhcpv6Message.class);
        register(Dhcpv6Option.class);
        register(NtpSource.class);
    }

    private Dhcpv6Json() {}

    static Datagram read(JsonNode fields) throws JsonProcessingException {
        return JSON.treeToValue(fields, Datagram.class);
    }

    static JsonNode write(Datagram datagram) {
        return JSON.valueToTree(datagram);
    }

    /** Names each record of a sealed interface by its simple name. */
    private static void register(Class<?> type) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                register(permitted);
            }
        } else {
            JSON.registerSubtypes(new NamedType(type, type.getSimpleName()));
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "message")
    private interface MessageName {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "option")
    private interface OptionName {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "source")
    private interface SourceName {}

    private static final class Read<T> extends FromStringDeserializer<T> {
        private static final long serialVersionUID = 1;

        private final transient Function<String, T> read;

        Read(Class<T> type, Function<String, T> read) {
            super(type);
            this.read = read;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return read.apply(parser.getText());
        }

        @Override
        protected T _deserialize(String value, DeserializationContext context) {
            return read.apply(value);
        }
    }
}
