package org.flow6.assembly;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** What {@link java.lang.runtime.ObjectMethods} makes of a record, written out. */
final class RecordMethods {
    private final String record;
    private final String simpleName;
    private final List<Component> components = new ArrayList<>();

    private record Component(String name, Handle field, Type type) {
        /** The class whose static methods compare and hash it. */
        String helper() {
            return switch (type.getSort()) {
                case Type.BOOLEAN -> "java/lang/Boolean";
                case Type.BYTE -> "java/lang/Byte";
                case Type.CHAR -> "java/lang/Character";
                case Type.SHORT -> "java/lang/Short";
                case Type.INT -> "java/lang/Integer";
                case Type.LONG -> "java/lang/Long";
                case Type.FLOAT -> "java/lang/Float";
                case Type.DOUBLE -> "java/lang/Double";
                default -> "java/util/Objects";
            };
        }

        boolean isReference() {
            return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
        }

        String parameter() {
            return isReference() ? "Ljava/lang/Object;" : type.getDescriptor();
        }
    }

    /**
     * @param record its internal name
     * @param details what the class file hands to ObjectMethods: the class, its components' names, a handle to each
     */
    RecordMethods(String record, String simpleName, Object[] details) {
        this.record = record;
        this.simpleName = simpleName;
        String names = (String) details[1];
        String[] each = names.isEmpty() ? new String[0] : names.split(";");
        for (int i = 0; i < each.length; i++) {
            Handle field = (Handle) details[2 + i];
            components.add(new Component(each[i], field, Type.getType(field.getDesc())));
        }
    }

    /** @param method a static one, whose first parameter is the record */
    void write(String asked, MethodVisitor method) {
        switch (asked) {
            case "equals" -> equals(method);
            case "hashCode" -> hashCode(method);
            case "toString" -> toString(method);
            default -> throw new IllegalArgumentException(asked + " of " + record);
        }
        method.visitMaxs(0, 0);
        method.visitEnd();
    }

    private void equals(MethodVisitor method) {
        Label another = new Label();
        Label differs = new Label();
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitJumpInsn(Opcodes.IF_ACMPNE, another);
        answer(method, true);
        method.visitLabel(another);
        method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitTypeInsn(Opcodes.INSTANCEOF, record);
        method.visitJumpInsn(Opcodes.IFEQ, differs);
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitTypeInsn(Opcodes.CHECKCAST, record);
        method.visitVarInsn(Opcodes.ASTORE, 2);
        for (Component component : components) {
            load(method, 0, component);
            load(method, 2, component);
            String types = "(" + component.parameter().repeat(2) + ")";
            if (component.isReference()) {
                call(method, component, "equals", types + "Z");
                method.visitJumpInsn(Opcodes.IFEQ, differs);
            } else {
                call(method, component, "compare", types + "I");
                method.visitJumpInsn(Opcodes.IFNE, differs);
            }
        }
        answer(method, true);
        method.visitLabel(differs);
        method.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
        answer(method, false);
    }

    private static void answer(MethodVisitor method, boolean equal) {
        method.visitInsn(equal ? Opcodes.ICONST_1 : Opcodes.ICONST_0);
        method.visitInsn(Opcodes.IRETURN);
    }

    private void hashCode(MethodVisitor method) {
        method.visitInsn(Opcodes.ICONST_0);
        for (Component component : components) {
            method.visitIntInsn(Opcodes.BIPUSH, 31);
            method.visitInsn(Opcodes.IMUL);
            load(method, 0, component);
            call(method, component, "hashCode", "(" + component.parameter() + ")I");
            method.visitInsn(Opcodes.IADD);
        }
        method.visitInsn(Opcodes.IRETURN);
    }

    private void toString(MethodVisitor method) {
        Texts.begin(method);
        String before = simpleName + "[";
        for (Component component : components) {
            Texts.append(method, before + component.name() + "=");
            load(method, 0, component);
            Texts.append(method, component.type());
            before = ", ";
        }
        Texts.append(method, components.isEmpty() ? before + "]" : "]");
        Texts.end(method);
    }

    private static void load(MethodVisitor method, int variable, Component component) {
        Handle field = component.field();
        method.visitVarInsn(Opcodes.ALOAD, variable);
        method.visitFieldInsn(Opcodes.GETFIELD, field.getOwner(), field.getName(), field.getDesc());
    }

    private static void call(MethodVisitor method, Component component, String asked, String type) {
        method.visitMethodInsn(Opcodes.INVOKESTATIC, component.helper(), asked, type, false);
    }
}
